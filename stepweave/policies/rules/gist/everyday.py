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
animal animals artist artists audience aunt auntie baby babysitter beginner beginners boss boyfriend brother brothers
buddy bunch child children class classes classmate classmates classroom client clients coach colleague colleagues
community cousin cousins creature creatures crew customer customers dad daddy daughter daughters director doctor
dummies editor employees everyone family fan fans father folks followers friend friends gang girlfriend granddad
granddaughter grandma grandmother grandpa grandparents grandson granny group guests guy guys headmaster husband
illustrator instructor kid kids kindergarteners learner learners listeners mama manager mate mates mentor mom mommy
mother mum mummy nana neighbor neighbors neighbour neighbours nephew nephews newbie niece nieces novice novices owner
papa parents partner people pet pets preschooler preschoolers professor pupil pupils reader readers relatives roommate
sibling siblings sister sisters son sons staff student students teacher teachers team teen teenagers toddler toddlers
trainee trainees tutor twins uncle user users viewer viewers visitor visitors wife youngsters
""".split()
"""Those for whom a picture is meant; with "a" before them they would have to be drawn, and are refused."""

OCCASIONS = """
anniversary assignment bedtime birthday blog booklet brochure calendar card cards carnival chapter christmas church
club course demo diploma easter event exam exhibition festival flyer game halloween handout holiday homework
invitation kindergarten launch leaflet lecture magazine manual meeting newsletter nursery office party portfolio
postcard poster preschool presentation project quiz rehearsal report school seminar sermon show slides slideshow
stickers sunday talk test thesis training website wedding workbook worksheet workshop
""".split()
"""What a picture is for; passed over behind "for", "on" and "as", and where nothing that can be drawn follows."""

ABSTRACT = """
ability account act action activity advance adventure adventures advice age aim amount answer approach area argument
arrangement art artwork aspect attempt attention attitude average background base basics basis beginning behaviour
belief benefit bonus camera canvas capability cartoon case category cause challenge chance change character choice
circumstance clipart clue combination comic comics comment comparison competition concept conclusion condition
confusion construction contents contest context contrast conversation copy correction count course creation credit
criterion culture curiosity custom danger data date deal debate decade decision default degree delight demand
demonstration description desire detail details development diagram difference difficulty direction discussion
distance doodle doubt draft drawing drawings dream duty effect effort element emphasis end ending endings energy
enough entry error essence evaluation evidence exactness example examples exception exchange excitement excuse
exercise experience experiment expert explanation expression extra fact facts failure fault favor favorite favour
favourite feature feedback feel feeling feelings fiction figure finale finish focus form format formula frame frames
freedom friendship fun function future generation goal grade guess guidance guide guideline habit handover happiness
hardship help hint history hobby honour hope host icon idea ideas illustration illustrations image imagination
impression improvement incident influence information input inspiration instance instruction instructions intention
interest introduction issue item items job joke journey joy keyframe keyframes kind kinds knowledge lack language
layout learning lecture length lesson lessons level life limit list logic logo look luck manner material matter
maximum meaning meantime memory mention message method minimum mission mistake mix moment moments mood moral motif
motion motivation movement mystery name nature need needs news nonsense norm note notes notion number object objective
objects occasion offer opening operation opinion opportunity option options order outcome outline output overview pace
page pages painting paintings pair panel panels part parts past patience pattern perfection performance period
permission phase phases photo photos phrase pic pics picture pictures plan plans plot point points position
possibility post practice preference presence price principle priority privacy problem procedure process product
production profile progress promise prompt proof proposal purpose quality quantity quest question questions race range
rate reality reason reasons recipe reference regard regards relation relationship release remark reminder report
request requirement rest result results revision reward riddle risk role romance routine row rule rules safety sake
sample satisfaction scale scenario scene scenes scope score search secret section sense sentence sequence series
session setup shape shapes sheet shot show sign silence similarity situation size sketch sketches skill skills slide
slides snapshot snapshots solution spirit spot stage stages standard start state statement status step steps stories
story storyboard storytime strategy string structure struggle style subject success suggestion summary support
surprise symbol system tale talent tales target task tasks taste technique tendency term terms theme theory thought
thoughts tip tips title topic total touch trace track tradition trick trip trouble truth tutorial tutorials type
understanding unit usage use vacation value variation variety version versions victory view virtue vision visit visual
visualisation visuals vocabulary voice vote walkthrough way ways while whole wish wishes wonder word words work world
worth
""".split()
"""Words for what cannot be seen: ideas, parts of a task, and the pictures themselves."""

TIME = """
after afternoon afterward afterwards again ago ahead already always annual annually anymore april august autumn before
beforehand briefly constantly currently daily day days december during earlier early eighth evening evenings
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
able absolute acceptable accurate ace adequate adorable afraid amateur amazing ambitious amusing apparent appealing
appropriate approximate artistic attentive attractive available aware awesome awful bad basic beautiful beloved best
better boring brave brilliant busy capable careful cautious certain charming cheap classic clearer clearest clever
comfortable common complete complex complicated confident confused considerable consistent content convenient
convinced cool correct cosy cozy crazy creative crucial curious cute cutest daring dear decent dedicated delicious
delightful demanding desirable desperate detailed different difficult digital distinct diverse dull eager early easier
easiest easy educational effective efficient effortless elaborate elegant elementary eligible endearing enjoyable
enough enthusiastic entire equal essential eventual everyday evident exact excellent exciting expert explicit extra
extraordinary fabulous fair faithful familiar famous fancy fantastic fascinating fast fastest fave favorite favourite
few fewer final fine fitting fluent fond foolish forgetful fortunate free friendly frightened fun funniest funny
generous gentle genuine glorious good gorgeous gracious graphic grateful great greatest greedy handdrawn handy
happiest hard harder harmless heartwarming helpful helpless hilarious honest hopeful hopeless hungry ideal identical
illustrated imaginary imaginative impatient important impossible impressive incredible independent individual informal
initial innocent instructional instructive intelligent interested interesting inventive jealous jolly joyous keen kind
kindest lazy likely literal live lively local logical lone lonely lovable loveliest lovely lovey loving lucky magical
main major manageable many marvellous marvelous maximal meaningful memorable mere mighty minimal minimalist minor
missing mysterious naughty neat necessary new nice nicer nicest noble normal notable numbered numerous obvious odd
official only ordinary original outstanding overall own particular patient peaceful perfect personal plain playful
pleasant pleased poetic polite poor popular possible powerful practical precious precise preferred preliminary pretty
previous primary private proper proud public quick quickest quiet random rare ready real realistic reasonable recent
recognisable recognizable recommended regular related relevant reliable remarkable respective responsible ridiculous
rough scared scary sensible separate serious several shy significant silly similar simple simpler simplest single
skilful skilled skillful slow smart social sooner special specific spectacular splendid spooky standard steady
straightforward strange stuck stunning stupid sublime successful sudden suitable super superb supportive sure sweet
sympathetic talented tasty terrible terrific thankful thorough thrilled thrilling tidy traditional tricky true
trustworthy typical ultimate unable unexpected unforgettable unhelpful unique unknown unlikely unlucky untold unusual
upcoming uplifting urgent useful useless usual vague valid valuable various visible visual vital weird welcome wicked
willing wise wonderful worried worth worthy wrong yummy
""".split()
"""What somebody thinks of a thing, or what it is like within, which no picture shows."""
