"""Everyday words that neither name something that can be drawn nor tell how something looks. Data only.

They are what people say around a request: who asks, for whom, why, when, and how they like it. A word may be passed
over in a request only if it stands here; what is missing here is refused. So nothing belongs here that one could see
in a picture: no animals, no clothes, no materials, and no deeds that look like something, such as eating.
Words that change what is asked for - no, without, except, numbers - do not stand here either.
"""

from __future__ import annotations

VERBS = """
accept achieve act add admire admit adore advise afford agree aim allow amaze announce answer apologise apologize appeal
appreciate approve arrange ask assign assist assume attempt attend avoid base bear beg begin behave believe belong
benefit bet bother call care cause celebrate challenge chat check cheer choose clarify clear collect combine comment
commission compare complain complete concentrate concern confirm confuse consider consist construct contact contain
continue contribute convince cooperate correct count cover create dare deal decide decorate dedicate define delight
deliver demand demonstrate depend depict describe deserve design desire detail determine develop differ discover discuss
display doubt draft earn educate elaborate email emphasise emphasize enable encourage end enjoy ensure entertain enter
establish estimate examine exist expect experience experiment explain explore express fail fancy favour favor feature
figure fill finish fit focus follow forgive form frame gather generate guess guide handle happen hate head help hesitate
hope identify ignore illustrate imagine impress improve include indicate inform insist inspire instruct intend interest
introduce invent invite involve issue join judge keep know lack last lead learn let like limit list look love
maintain manage matter mean mention mind miss name need note notice number obey observe occur offer operate order organise
organize ought owe own participate pass pay perform permit persuade picture plan please point portray possess practise
practice prefer prepare present presume pretend prevent print proceed process produce progress promise propose prove
provide publish question quote realise realize reason recall receive recognise recognize recommend record refer reflect
refuse regard regret relate rely remain remember remind render repeat reply report represent request require research
resolve respect respond result reveal review revise satisfy save say schedule seem select separate serve
share show sketch sound speak specify spell start state stay struggle study submit succeed suggest suit
summarise summarize supply support suppose surprise suspect tell tempt tend thank title train translate treat
trust try type understand update upload use value view visualise visualize vote wait want warn wish wonder work worry
adapt adjust aid analyse analyze begin bring browse build challenge colour crave dislike document dread envision exercise
expect favour fascinate google grade illustrate initiate instruct narrate ponder publish recite recount redo rehearse
rephrase retell rewrite scan teach text tutor undertake welcome
""".split()
"""Verbs of asking, telling, showing, liking, learning, making plans, and going on; in their plain forms."""

IRREGULAR = """
become became become|begin began begun|bring brought|build built|buy bought|choose chose chosen|come came|deal dealt
do did done|draw drew drawn|dream dreamed dreamt|feel felt|find found|forget forgot forgotten|get got gotten
give gave given|go went gone|have had|hear heard|keep kept|know knew known|learn learned learnt|leave left|lend lent
let|lose lost|make made|mean meant|meet met|pay paid|put|read|say said|see saw seen|sell sold|send sent|show showed shown
speak spoke spoken|spell spelled spelt|spend spent|stick stuck|swear swore sworn|take took taken|teach taught|tell told
think thought|understand understood|undertake undertook undertaken|wake woke woken|write wrote written|bet|spread
forgive forgave forgiven|grow grew grown|hold held|lay laid|lie lay lain|rise rose risen|run ran|set|shut|sing sang sung
sit sat|sleep slept|stand stood|swim swam swum|fall fell fallen|fly flew flown|drive drove driven|ride rode ridden
hang hung|hide hid hidden|weep wept|shine shone|sink sank sunk|throw threw thrown|catch caught|leap leapt leaped|cut
lead led|win won|eat ate eaten|drink drank drunk|fight fought|seek sought|steal stole stolen|bite bit bitten
wear wore worn|beat beaten|break broke broken|blow blew blown|swing swung|shake shook shaken|bend bent|feed fed|split
shrink shrank shrunk|slide slid|spin spun|swap swapped|stop stopped
"""
"""Verbs with forms of their own, the plain one first; whether they may be passed over, the other lists tell."""

SPOKEN = """
go come get do have be will would shall should can could may might must ought used see hear feel
forget buy spend think send lend leave find lose meet make give put take
""".split()
"""Irregular verbs and helping verbs that ask for nothing by themselves."""

PRONOUNS = """
everywhere anywhere somewhere nowhere plain initial initially unstack tower
i me my mine myself we us our ours ourselves you your yours yourself yourselves somebody someone something anybody
anyone anything everybody everyone everything whoever whatever whichever which what who whom whose that this these those
there here where when why how it's whats one's each other another such same self itself himself herself themselves
she's he's theirs hers u ur ya y'all thing things stuff bit bits piece pieces lot lots sort sorts type
""".split()

PEOPLE = """
audience aunt auntie baby babysitter beginner beginners boss brother brothers buddy bunch cousin cousins classmate
classmates client clients colleague colleagues community customer customers dummies dad daddy daughter daughters director doctor
editor employees everyone family father fan fans folks followers friend friends gang granddad granddaughter grandma
grandmother grandpa grandparents grandson granny group guests guy guys husband illustrator instructor kids kid child
children kindergarteners learner learners listeners mama mate mates mentor mom mommy mother mum mummy nana neighbour
neighbours neighbor neighbors nephew nephews newbie niece nieces owner papa parents partner people preschooler
preschoolers professor pupil pupils reader readers relatives sibling siblings sister sisters son sons staff student
students teacher teachers team teen teenagers toddler toddlers trainee trainees tutor twins uncle user users viewer
viewers visitor visitors wife youngsters novice novices artist artists class classes classroom
animal animals creature creatures pet pets girlfriend boyfriend roommate manager headmaster coach crew
""".split()
"""Those for whom a picture is meant; with "a" before them they would have to be drawn, and are refused."""

OCCASIONS = """
anniversary assignment bedtime birthday blog booklet brochure calendar card cards carnival chapter christmas church club
course demo diploma easter event exam exhibition festival flyer game halloween handout holiday homework invitation
kindergarten launch leaflet lecture magazine manual meeting newsletter nursery office party portfolio
poster postcard presentation preschool project quiz rehearsal report school sermon seminar show slides slideshow
stickers sunday talk test thesis training website wedding workbook worksheet workshop
""".split()
"""What a picture is for; passed over behind "for", "on" and "as", and where nothing that can be drawn follows."""

ABSTRACT = """
ability account act action activity advance advice age aim amount answer approach area argument arrangement art aspect
attempt attention attitude average background base basics basis beginning behaviour belief benefit bonus 
capability case category cause challenge chance change character choice circumstance clue combination comment comparison
competition concept conclusion condition confusion contest contents context contrast conversation copy correction
count course creation credit criterion culture curiosity custom danger data date deal debate decade decision default
degree delight demand demonstration description desire detail details development difference difficulty direction
discussion distance doodle doubt draft dream duty effect effort element emphasis end ending endings energy enough
entry error essence evaluation evidence exactness example examples exception exchange excitement excuse exercise
experience experiment expert explanation expression extra fact facts failure fault favour favor favourite favorite
feature feedback feel feeling feelings fiction figure finale finish focus form format formula freedom fun function
future generation goal grade guess guidance guide guideline habit handover happiness hardship help hint history hobby
honour hope host icon idea ideas image imagination impression improvement incident influence information input
inspiration instance instruction instructions intention interest introduction issue item items job joke journey joy keyframe
keyframes kind kinds knowledge lack language layout learning lecture length level life limit list logic logo look luck
manner material matter maximum meaning memory mention message method minimum mission mistake mix moment
moments mood moral motif motion motivation movement mystery name nature need needs news nonsense norm note notes notion
number object objects objective occasion offer opening operation opinion opportunity option options order outcome
outline output overview pace page pages pair panel panels part parts past patience pattern perfection performance
period permission phase phases phrase plan plans plot point points position possibility post practice preference
presence price principle priority privacy problem procedure process product production profile progress promise prompt
proof proposal purpose quality quantity question questions quest race range rate reality reason reasons recipe reference
regard regards relation relationship release remark reminder report request requirement rest result results revision romance friendship
reward riddle risk role routine row rule rules safety sake sample satisfaction scale scenario scene scenes scope score
search secret section sense sentence sequence series session setup shot show sign silence similarity situation
size skill skills slide slides solution spirit spot stage stages standard start state statement status step steps story
stories storyboard strategy string structure struggle style subject success suggestion summary support surprise symbol
system tale tales talent target task tasks taste technique tendency term terms theme theory thought thoughts tip tips
title topic total touch trace track tradition trick trip trouble truth tutorial tutorials type understanding unit use
usage vacation value variation variety version versions victory view virtue vision visit vocabulary voice vote walkthrough
way ways while whole wish wishes wonder word words work world worth adventure adventures attempt comic comics shape shapes lesson lessons construction
diagram drawing drawings frame frames illustration illustrations picture pictures pic pics photo photos sketch sketches
snapshot snapshots storytime visual visuals visualisation cartoon clipart artwork painting paintings canvas sheet
camera meantime
""".split()
"""Words for what cannot be seen: ideas, parts of a task, and the pictures themselves."""

TIME = """
after afternoon afterward afterwards again ago already always annually anymore before beforehand briefly constantly
currently daily day days december during early earlier eventually ever evening evenings february finally first
firstly forever formerly fourth fifth friday frequently fortnight hour hours immediately initially instantly january
june july august september october november april march last lastly late lately later meanwhile midday minute minutes
moment monday month months morning mornings next nightly noon now nowadays occasionally often once
originally periodically presently previous previously quarter quickly rarely recently regularly repeatedly saturday
second secondly seconds seldom shortly simultaneously since slowly sometime sometimes soon sooner spring still sudden
suddenly summer sunday third thirdly thursday time times today tomorrow tuesday until till upon usually wednesday
week weekend weekends weeks weekly year years yearly yesterday yet autumn annual season then lunchtime ahead following
sixth seventh eighth ninth tenth old olds
""".split()
"""When, how often, and in which order."""

CONNECTORS = """
about according actually additionally albeit alike all along also although altogether and anyhow anyway apart apparently
around as aside at barely based basically because besides both but by certainly clearly completely consequently
considering definitely despite directly due either else entirely especially essentially even evenly exactly exclusively
extremely fairly for from fully furthermore generally gladly gradually greatly hardly hence highly hopefully how
however if importantly in incidentally indeed instead into is it its just kindly largely least less likewise literally
logically luckily mainly maybe merely more moreover most mostly namely naturally nearly necessarily nevertheless
nicely nonetheless normally obviously of off ok okay on only optionally or otherwise out over overall particularly
partly per perfectly perhaps plainly plus possibly potentially practically precisely preferably presumably pretty
primarily probably properly purely quite rather readily really reasonably respectively roughly sadly seriously
significantly similarly simply so somehow somewhat specifically strictly strongly surely than thankfully that the
therefore though through throughout thus to together too totally toward towards truly typically ultimately undoubtedly
unfortunately unless up via very well whenever wherever whereas whether which whichever while whilst wholly with within
everywhere yes yeah yep yup sure alright please pls plz thanks thank cheers hi hello hey howdy greetings dear sincerely regards wow oh
ah aha haha hahaha lol hmm hm uh um er ooh yay hooray hurray hurrah bravo gosh oops sorry pardon excuse welcome
bye goodbye ciao et cetera etc eg ie vs btw asap fyi thx ty imo tbh a an another any some 's am are was were be been
being has had having does did doing done goes going went gone will would shall should can could may might must wanna gonna
gotta lemme gimme dunno kinda sorta ain't don't doesn't didn't isn't can't couldn't won't wouldn't im id ill ive youre theyre
dont doesnt cant wont whats thats lets weve were its
""".split()
"""Little words that join or soften what is said, greetings, and interjections."""

EVALUATIONS = """
plain initial scary spooky able absolute accurate acceptable ace adequate amazing amusing apparent appealing appropriate approximate artistic
attentive attractive available aware awesome awful bad basic beautiful beloved best better boring brave brilliant
busy capable careful cautious certain charming cheap classic clever comfortable common complete
complex complicated confident confused considerable consistent content convenient convinced cool correct
cosy cozy crazy creative crucial curious cute daring dear decent dedicated delicious delightful demanding
desirable desperate detailed different difficult digital distinct diverse dull eager early easy educational effective
efficient effortless elaborate elegant eligible enjoyable enough enthusiastic entire equal essential eventual
everyday evident exact excellent exciting expert explicit extra extraordinary fabulous fair faithful familiar famous
fancy fantastic fascinating fast fave favourite favorite few fewer final fine fitting fond foolish forgetful fortunate free
friendly fun funny gentle generous genuine glorious good gorgeous gracious graphic grateful great greedy handy hard harmless
helpful helpless hilarious honest hopeful hopeless hungry ideal identical illustrated imaginary imaginative impatient important
impossible impressive incredible independent individual informal innocent instructive instructional intelligent
interested interesting inventive jealous jolly joyous keen kind lazy likely literal live lively local logical
lonely lone lovable lovely loving lucky magical main major manageable many marvellous marvelous maximal
meaningful memorable mere mighty minimal minor missing mysterious naughty neat necessary new nice noble normal notable
numbered numerous obvious odd official only ordinary original outstanding overall own particular patient peaceful perfect
personal playful pleasant pleased poetic polite poor popular possible powerful practical precious precise preferred
preliminary pretty previous primary private proper proud public quick quiet random rare ready real realistic reasonable
recent recognisable recognizable recommended regular related relevant reliable remarkable respective responsible
ridiculous rough sensible separate serious several shy significant silly similar simple single skilled
skilful skillful slow smart social special specific spectacular splendid standard steady straightforward
strange stuck stunning stupid sublime successful sudden suitable super superb supportive sure sweet sympathetic talented
tasty terrible terrific thankful thorough thrilled thrilling tidy traditional tricky true trustworthy typical ultimate
unable unexpected unforgettable unhelpful unique unknown unlikely unlucky untold unusual upcoming urgent useful useless
usual vague valid valuable various visible visual vital weird welcome wicked
willing wise wonderful worried worth worthy wrong yummy fluent hopeful ambitious amateur adorable lovey elementary
endearing uplifting heartwarming easiest simplest nicest cutest best loveliest funniest fastest
quickest favourite clearest kindest greatest happiest harder easier simpler nicer clearer sooner
handdrawn minimalist scared afraid frightened
""".split()
"""What somebody thinks of a thing, or what it is like within, which no picture shows."""
