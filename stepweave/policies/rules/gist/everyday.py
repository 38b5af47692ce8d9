"""Everyday words that neither name something that can be drawn nor tell how something looks. Data only.

They are what people say around a request: who asks, for whom, why, when, and how they like it. A word may be passed
over in a request only if it stands here; what is missing here is refused. So nothing belongs here that one could see
in a picture: no animals, no clothes, no materials, and no deeds that look like something, such as eating.
Words that change what is asked for - no, without, except, numbers - do not stand here either.
"""

from __future__ import annotations

VERBS = """
accept achieve act adapt add adjust admire admit adore advise afford agree aid aim allow amaze analyse analyze
announce answer apologise apologize appeal appreciate approve arrange ask assign assist assume attempt attend avoid
base bear beg begin behave believe belong benefit bet bother bring browse build call care cause celebrate challenge
chat check cheer choose clarify clear collect colour combine comment commission compare complain complete concentrate
concern confirm confuse consider consist construct contact contain continue contribute convince cooperate correct
count cover crave create dare deal decide decorate dedicate define delight deliver demand demonstrate depend depict
describe deserve design desire detail determine develop differ discover discuss dislike display document doubt draft
dread earn educate elaborate email emphasise emphasize enable encourage end enjoy ensure enter entertain envision
establish estimate examine exercise exist expect experience experiment explain explore express fail fancy fascinate
favor favour feature figure fill finish fit focus follow forgive form frame gather generate google grade guess guide
handle happen hate head help hesitate hope identify ignore illustrate imagine impress improve include indicate inform
initiate insist inspire instruct intend interest introduce invent invite involve issue join judge keep know lack last
lead learn let like limit list look love maintain manage matter mean mention mind miss name narrate need note notice
number obey observe occur offer operate order organise organize ought owe own participate pass pay perform permit
persuade picture plan please point ponder portray possess practice practise prefer prepare present presume pretend
prevent print proceed process produce progress promise propose prove provide publish question quote realise realize
reason recall receive recite recognise recognize recommend record recount redo refer reflect refuse regard regret
rehearse relate rely remain remember remind render repeat rephrase reply report represent request require research
resolve respect respond result retell reveal review revise rewrite satisfy save say scan schedule seem select separate
serve share show sketch sound speak specify spell start state stay struggle study submit succeed suggest suit
summarise summarize supply support suppose surprise suspect teach tell tempt tend text thank title train translate
treat trust try tutor type understand undertake update upload use value view visualise visualize vote wait want warn
welcome wish wonder work worry
""".split()
"""Verbs of asking, telling, showing, liking, learning, making plans, and going on; in their plain forms."""

IRREGULAR = """
become became become|begin began begun|bring brought|build built|buy bought|choose chose chosen|come came|deal dealt
do did done|draw drew drawn|dream dreamed dreamt|feel felt|find found|forget forgot forgotten|get got gotten
give gave given|go went gone|have had|hear heard|keep kept|know knew known|learn learned learnt|leave left|lend lent
let|lose lost|make made|mean meant|meet met|pay paid|put|read|say said|see saw seen|sell sold|send sent
show showed shown
speak spoke spoken|spell spelled spelt|spend spent|stick stuck|swear swore sworn|take took taken|teach taught
tell told
think thought|understand understood|undertake undertook undertaken|wake woke woken|write wrote written|bet|spread
forgive forgave forgiven|grow grew grown|hold held|lay laid|lie lay lain|rise rose risen|run ran|set|shut
sing sang sung
sit sat|sleep slept|stand stood|swim swam swum|fall fell fallen|fly flew flown|drive drove driven|ride rode ridden
hang hung|hide hid hidden|weep wept|shine shone|sink sank sunk|throw threw thrown|catch caught|leap leapt leaped|cut
lead led|win won|eat ate eaten|drink drank drunk|fight fought|seek sought|steal stole stolen|bite bit bitten
wear wore worn|beat beaten|break broke broken|blow blew blown|swing swung|shake shook shaken|bend bent|feed fed|split
shrink shrank shrunk|slide slid|spin spun|swap swapped|stop stopped
"""
"""Verbs with forms of their own, the plain one first; whether they may be passed over, the other lists tell."""

SPOKEN = """
be buy can come could do feel find forget get give go have hear leave lend lose make may meet might must ought put see
send shall should spend take think used will would
""".split()
"""Irregular verbs and helping verbs that ask for nothing by themselves."""

PRONOUNS = """
another anybody anyone anything anywhere bit bits each everybody everyone everything everywhere he's here hers herself
himself how i initial initially it's itself lot lots me mine my myself nowhere one's other our ours ourselves piece
pieces plain same self she's somebody someone something somewhere sort sorts stuff such that theirs themselves there
these thing things this those type u unstack ur us we what whatever whats when where which whichever who whoever
whom whose why y'all ya you your yours yourself yourselves
""".split()

PEOPLE = """
adult adults animal animals artist artists audience aunt auntie baby babysitter beginner beginners boss boyfriend
brother brothers buddy bunch child children class classes classmate classmates classroom client clients coach
colleague colleagues community cousin cousins coworkers creature creatures crew customer customers dad daddy daughter
daughters director doctor dummies editor elders employees employer engineer engineers everyone family fan fans father
folks followers freshmen friend friends gang girlfriend graduates granddad granddaughter grandkid grandkids grandma
grandmother grandpa grandparents grandson granny group guests guy guys headmaster husband illustrator instructor kid
kids kindergarteners kindergartner kindergartners learner learners listeners mama manager managers mate mates mentor
mom mommy mother mum mummy nana neighbor neighbors neighbour neighbours nephew nephews newbie niece nieces novice
novices nurse nurses operators owner papa parents partner patients pensioners people pet pets preschooler preschoolers
professor pupil pupils reader readers relatives researchers residents retirees roommate scholar scholars senior
seniors sibling siblings sister sisters son sons staff student students supervisor teacher teachers team teen
teenagers therapist toddler toddlers trainee trainees trainer trainers tutor twins uncle user users viewer viewers
visitor visitors volunteers wife workers youngsters youth
""".split()
"""Those for whom a picture is meant; with "a" before them they would have to be drawn, and are refused."""

OCCASIONS = """
advert advertisement anniversary assignment award baptism bedtime birthday blog booklet brochure calendar campaign
card cards carnival celebration ceremony chapter christmas church club competition conference contest convention
course demo diploma documentation easter event exam exhibition fair festival flashcard
flashcards flyer gallery game halloween
handout holiday homework invitation journal kindergarten launch leaflet lecture magazine manual meeting newsletter
nursery office party picnic playgroup podcast portfolio postcard poster preschool presentation project quiz
rehearsal report retirement school seminar sermon show slides slideshow stickers sunday talk test
thesis training trip tutorial video webinar website wedding workbook worksheet workshop
""".split()
"""What a picture is for; passed over behind "for", "on" and "as", and where nothing that can be drawn follows."""

ABSTRACT = """
ability academy account act action activity advance adventure adventures advice age agency aim algorithm amount
analysis answer app application approach approval area argument arrangement art article artwork aspect attempt
attention attitude automation average awareness background base basics basis beginning behaviour belief benefit
biology blog bonus business camera campus canvas capability cartoon case category cause challenge chance change
chapter character chemistry choice circumstance clipart clue code college combination comic comics comment company
comparison competition complexity computing concept conclusion condition conference confusion construction content
contents contest context contrast conversation copy correction count course creation credit criterion culture
curiosity curriculum custom danger data date deadline deal debate decade decision default degree delight demand
demonstration department description design desire detail details development diagram dictionary difference difficulty
direction discussion distance documentation doodle doubt draft drawing drawings dream duty education effect effort
element emphasis end ending endings energy engineering english enough entertainment entry error essay essence
evaluation evidence exactness example examples exception exchange excitement excuse exercise experience experiment
expert expertise explanation expression extra fact facts failure fault favor favorite favour favourite feature
feedback feel feeling feelings fiction figure finale finish firm focus form format formula foundation frame frames
freedom french friendship fun function future generation gif gifs genre geography geometry german goal grade grammar
graphics guess guidance guide guideline guidelines habit handover happiness hardship help hint history hobby honour
hope host humor humour icon icons idea ideas illustration illustrations image imagination impression improvement
incident industry influence information input inspiration instance institute instruction instructions intention
interest internet introduction issue item items job joke journal journey joy keyframe keyframes kind kinds knowledge
lab laboratory lack lapse language layout learning lecture length lesson lessons level life limit list literature
logic loop loops logo look luck manner manual marketing material math mathematics maths matter maximum meaning
meantime mechanics memory mention message method methods minimum mission mistake mix moment moments mood moral motif
motion motivation movement mystery name nature need needs news newsletter nonsense norm note notes notion number
object objective objects occasion offer opening operation operations opinion opportunity option options order
organisation organization outcome outline output overview pace page pages painting paintings pair panel panels part
parts past patience pattern perfection performance period permission phase phases photo photos phrase physics pic pics
picture pictures plan plans plot point points position possibility post practice preference presence price principle
priority privacy problem procedure process product production profile programme programs progress project projects
promise prompt proof proposal psychology publication purpose quality quantity quest question questions race range rate
reality reason reasons reference regard regards relation relationship release remark reminder report request
requirement research rest result results review revision reward riddle risk robotics role romance routine row rule
rules safety sake sample satisfaction scale scenario scene scenes schedule science scope score search secret section
semester seminar sense sentence sequence series session setup shape shapes sheet shot show sign silence similarity
simulation situation size sketch sketches skill skills slide slides snapshot snapshots software solution spanish
spirit spot spread spreads stage stages standard start startup state statement status step steps stories story
storyboard storytime strategy string structure struggle study style subject success suggestion summary support
surprise symbol system tale talent tales target task tasks taste technique techniques technology template tendency
term terms theme theory thought thoughts timeline tip tips title topic total touch trace track tradition training
trial trick trip trouble truth tutorial tutorials type understanding unit university usage use vacation value
variation variety version versions victory view virtue vision visit visual visualisation visuals vocabulary voice vote
walkthrough way ways webinar website while whole wiki wish wishes wonder word words work workflow worksheet workshop
world worth
""".split()
"""Words for what cannot be seen: ideas, parts of a task, and the pictures themselves."""

TIME = """
after afternoon afterward afterwards again ago ahead already always annual annually anymore april august autumn before
beforehand briefly constantly currently daily day days daytime december during earlier early eighth evening evenings
eventually ever february fifth finally first firstly following forever formerly fortnight fourth frequently friday
hour hours immediately initially instantly january july june last lastly late lately later lunchtime march meanwhile
midday minute minutes moment monday month months morning mornings next nightly ninth noon november now nowadays
occasionally october often old olds once originally periodically presently previous previously quarter quickly rarely
recently regularly repeatedly saturday season second secondly seconds seldom september seventh shortly simultaneously
since sixth slowly sometime sometimes soon sooner spring still sudden suddenly summer sunday tenth then third thirdly
thursday till time times today tomorrow tuesday until upon usually wednesday week weekend weekends weekly weeks year
yearly years yesterday yet
""".split()
"""When, how often, and in which order."""

CONNECTORS = """
's a about according actually additionally ah aha ain't albeit alike all along alright also although altogether am an
and another any anyhow anyway apart apparently are around as asap aside at barely based basically be because been
being besides both bravo btw but by bye can can't cant certainly cetera cheers ciao clearly completely consequently
considering could couldn't dear definitely despite did didn't directly does doesn't doesnt doing don't done dont due
dunno eg either else entirely er especially essentially et etc even evenly everywhere exactly exclusively excuse
extremely fairly for from fully furthermore fyi generally gimme gladly goes going gone gonna goodbye gosh gotta
gradually greatly greetings had haha hahaha hardly has having hello hence hey hi highly hm hmm hooray hopefully how
howdy however hurrah hurray id ie if ill im imo importantly in incidentally indeed instead into is isn't it its ive
just kinda kindly largely least lemme less lets likewise literally logically lol luckily mainly may maybe merely might
more moreover most mostly must namely naturally nearly necessarily nevertheless nicely nonetheless normally obviously
of off oh ok okay on only ooh oops optionally or otherwise out over overall pardon particularly partly per perfectly
perhaps plainly please pls plus plz possibly potentially practically precisely preferably presumably pretty primarily
probably properly purely quite rather readily really reasonably regards respectively roughly sadly seriously shall
should significantly similarly simply sincerely so some somehow somewhat sorry sorta specifically strictly strongly
sure surely tbh than thank thankfully thanks that thats the therefore theyre though through throughout thus thx to
together too totally toward towards truly ty typically uh ultimately um undoubtedly unfortunately unless up very via
vs wanna was welcome well went were weve whats whenever whereas wherever whether which whichever while whilst wholly
will with within won't wont would wouldn't wow yay yeah yep yes youre yup
""".split()
"""Little words that join or soften what is said, greetings, and interjections."""

EVALUATIONS = """
able absolute acceptable accurate ace actual adequate adorable afraid amateur amazing ambitious amusing annoying
apparent appealing appropriate approximate artistic attentive attractive available aware awesome awful bad basic
beautiful beloved best better boring brave brilliant busy capable careful cautious certain charming cheap cheerful
classic clean clear clearer clearest clever comfortable common complete complex complicated comprehensible concise
confident confused considerable consistent content convenient convinced convincing cool correct cosy cozy crazy
creative crisp crucial curious cute cutest daily daring dear decent dedicated delicious delightful demanding desirable
desperate detailed different difficult digital direct distinct diverse dramatic dull dumb eager early easier easiest
easy educational effective efficient effortless elaborate electronic elegant elementary eligible endearing engaging
enjoyable enough entertaining enthusiastic entire equal essential eventual everyday evident exact excellent exciting
expert explicit extra extraordinary fabulous fair faithful familiar famous fancy fantastic fascinating fast fastest
fave favorite favourite few fewer final fine fitting fluent fond foolish forgetful fortunate free fresh friendly
frightened fun funniest funny general generic generous genius gentle genuine glorious good gorgeous gracious graphic
grateful great greatest greedy handdrawn handy happiest hard harder harmless heartwarming helpful helpless hilarious
historic honest hopeful hopeless horrible hungry ideal identical illustrated imaginary imaginative impatient important
impossible impressive incredible independent individual informal initial innocent inspiring instant instructional
instructive intelligent interactive interested interesting international intuitive inventive jealous jolly joyous keen
kind kindest latest lazy legible likely literal live lively local logical lone lonely lovable loveliest lovely lovey
loving lucky magical magnificent main major manageable many marvellous marvelous max maximal meaningful memorable mere
mighty min minimal minimalist minor missing modern multiple mysterious naughty neat necessary new nice nicer nicest
noble normal notable numbered numerous obvious odd official only ordinary original outstanding overall own particular
patient peaceful perfect personal plain playful pleasant pleased poetic polite poor popular positive possible powerful
practical precious precise preferred preliminary pretty previous primary private professional proper proud public
quick quickest quiet random rare ready real realistic reasonable recent recognisable recognizable recommended regular
related relevant reliable remarkable respective responsible ridiculous rough safe scared scary scientific sensible
separate serious several shy significant silly similar simple simpler simplest single skilful skilled skillful slow
smart social sooner special specific spectacular splendid spooky standard steady straightforward strange stuck
stunning stupid sublime successful sudden suitable super superb supportive sure sweet sympathetic talented tasty
technical terrible terrific thankful thorough thrilled thrilling tidy tough traditional tricky true trustworthy
typical ultimate unable unexpected unforgettable unhelpful unique universal unknown unlikely unlucky untold unusual
upcoming uplifting urgent useful useless usual vague valid valuable various visible visual vital weekly weird welcome
wicked willing wise wonderful worried worth worthy wrong yummy
""".split()
"""What somebody thinks of a thing, or what it is like within, which no picture shows."""
