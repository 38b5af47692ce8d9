"""English words that are one letter away from a word that is known and mean something else.

A horse is not a misspelt house: what stands here is never put right, so that it is refused as unknown instead.
"""

from __future__ import annotations

ENGLISH: frozenset[str] = frozenset(
    """
    aback abel abetting able abode abound abuses aces act acts admirers admitted admitting adorning adventurers
    advisers afield aflame afloat afoot ages agreeing aides aids ailing ails aims aired airs alain alight alights
    aline alines alive aloud alum amaze ameer amount amounted amounting amounts ample amps amuse amuses amusing
    announcers antic ants apologies appeased appeasing applies apply arced arcing arcs arise arisen arises arising
    army arts ashes ashing ashore aside asides asses atom attaché attachés attack attacked attacking aunts averaged
    aversion aversions avery awaited awaiting awaits awaken awaking aware awing awoke awoken awry ayes bade baffle
    bags bailed bailing baited baiting baits bales bali balked balking balling bang banging bangs bani banish
    banished banishes banishing banks barb barbs barge baring barked barking barn barns barr based basel bashes
    bashing basics basil basked baste batch batched battle battles baud bauds baying beached beaches beaching beaded
    beaned bearded bearding beards bearing beating beds bedside bedsides beef beefs beer beers began begs begun
    behalves behavior bein being beings believers belt belted belting belts bender bending bends benefitted
    benefitting berry best bested besting bests betters bewaring bids bikers bile billed billing bind binding binds
    bins biped bite bites bitten blacking blame blames blaming blank blasting bleach bleak blend blending blew
    blights blind bling blip blob blobs bloc blog blogs bloods blot blots blur boast boasts bobbing bode bodes
    bogging boil boiled boils bois boko bolt bonds bone boned boney boning bony booked booking boost boosts booths
    booty bordered bordering bores boring boss bosses bother bouncy bounding bout bowel bowels bowing bowler boxed
    boxer boxers boyd bra brace braced braces bracing brag bragged bragging brags brained braining brains braise
    braised braises braising brand brands bras brass brat brats brawl brawling brawls brawn bray brays breach
    breached breaches breaching brides bridging brig brine briny brisk brisks broad brody broiler brook brooks broom
    brooms brow browne browning brows brush brushes brushing bubble buck bucked bucking buckling buff buffs bugger
    buick built bulk bulled bulling bully bummer bumming bump bumped bumpier bumping bumps bums bundy buoys burble
    burn burned burning burns bushed busing bust busts buts butting buys byes cable cables caches caching cafe cafes
    calfs cali caller came camp camps candies candy canter caper capers capes capping carb carbon carbons carbs
    cards carly carp carps carrier carriers carson cart carte cartoon cartoons carving cased cases cash cashes
    cashing casing casket cast casts catchy caters caution cautions cave caves caving cease ceased ceases ceasing
    cell cellar cells censured censures censuring centered centering centred chafe chafed chafes chafing challengers
    chance chanced chances chancing changer chanted chanting char charge charged charges charging chasm chasms
    chaste chats cheat cheated cheating cheats cheek cheeking cheeks cheep cheeping cheesing cher chic chid chidden
    chides chiding chile chili chill chills chimp chimps chin chinking chipping choir choirs chopped chopping chops
    chore chose chow chowed chowing chows chuck chucks chumming chums cite clacking clacks clair clam clamp clamped
    clamping clamps clams clanged clanging clans clap clapped clapping claps clash clashed clashing class classed
    classing clay cleat cleats cleave cleaved cleaves cleft click clicks clime climes clip clipped cloak cloaks clod
    clods cloning closest closets clots clout clouts clover clown clowned clowning clubs cluck clucks clue coats
    cocks cocoanut cocoanuts code codes coding coffer coffers coined coining coins coked coking colder colds colo
    colon colones colons comas combing combs comet comets compete competed competes complaints completest concert
    concerted concerting concerts cong conn conor cont conte contracted contracting contracts convent convents
    converged converging conversed conversing cooing cook cooking cooks coop coops coped copiers cord cords core
    cores coring cork cosies cosy counts county coup coups covering covert coverts covet cowered cowering cowers
    cowing coyer cozies cozy cpu crab crabbed crabbing crabs cradling crag crags cram crams crane cranes crap
    crating crave craze crazes creak creaked creaking creaks creamed crease creased creases creasing created creeks
    cremate cremated cremates cremating cremation cribs cried crimes cringing crises crocks croon crop cropped
    cropping crops crow crowd crowe crowing crowning crush crushes crushing crutch crutches cubing cuddly cuff cuffs
    culled culling culls cumming cunning curbs curdle curdled curdles curdling cure cures curious cuter cutting
    czars dad daises dale dame damp damps dancers dandy dane danes dang dank dans dares darn dart dashed dating davy
    days daze dazed dead deaf deal deans deaves decks deduce deduced deduces deducing deed deem deer deft deign
    deigned deigning deigns deleted deliver delivers demon dens deplete depleted depletes depleting deposition
    derive derives deriving derry dey dicing digger dike dikes dill dinner dins dipped dipping dips disco discord
    discorded discording discords discuses dishing ditties ditty dived diver dives diving dock docks dodgy doers
    doesn dogging doll dollar dolled dolling dolls dong donor doom dose doubled doubly douse douses downy dozens
    drabber drains draper draping drawling dread dregs drew drivels drivers droll drone droop drooped drooping
    droops drought drove drowning drowns drug drugged drugging drugs drunk drying dubs ducked duct ducts duelled
    duelling dues duff dulled dulling dulls dully dump dumping dumps dunce dunces dunk dunks dusky dust dutton dwelt
    dyeing dying dyking earl earls earn earners earns eased eases eater eave eaves ebook ebooks eclipse eclipses
    eddies eddy eery eights ekes elation elected electing eliminated ellipsis ember emile emission employes emptiest
    enlarged ensuing enter envelop envelops equality era eras erased erasers errs especial est eta etch etched
    etches etching ether ever eves ewes ewing examiners exchanged expend expended expending expends explorers eyed
    fable fables faced facet facets factor factors factually fade fading fads faeces faint fainted fainting faints
    fair fairs fanciest fang fangs farce farces fares farm farming farms fate fats fawn faye faze fearful feast
    feats feces feed feeders feel fees felled fellow fellows felt felted felting felts fend fender fenders ferry
    fetal fetich fetiches feting fetters fibre fibs fiddle fiend fiends fife fights filed files filing fillet
    filling filly film filmed filming films find finder finds finer fining firearm firm fished fisher fishy fits
    flailing flakes flank flanks flapped flapping flaps flare flares flash flat flats flavored flavoring flaws flees
    fleet fliers fliest flight flights fling flit flitting flog flogs flood flop flopped flopping flops flour flout
    flouted flouting flouts flow flowed flowered flowering flowing flown flue flues focussed focusses focussing
    fogging foggy folder folding folds food fool foray ford fords fore forgetting fork form formal formulae fort
    forte forth foul fountain fountains founts fours fowl foxes frailer frames fray frays free frees freshen fret
    friction frill frills fringing frock frog frond fronting frost fruity fuel fumbled fumbles fumbling fund funding
    funds funner funnest funnies funny furl furry fuse fusing fusses gabbed gabbing gable gables gabs gage gaged
    gaging gains gaits gale gales galling gallon gallons gallows gamed games gaming gander ganders gang ganging
    gangs gape gaped gapes gaping gaps garbs garde garry gases gashes gasket gassed gasses gated gates gays gear
    geeing geld gems gender genders generated genes gents getting gibe gibes gibing gigging gigs gild gilding gilds
    gilt ginger ginning gist given giver glades glam gland glands glass glazed glazes glazing gleaned gleaning
    gleans glens gliders gloat gloated gloating gloats gloom glove gloves gloving glowered glowering glowers glue
    glum goaded goading goat goats gobbing godly gods goggle goggles golf goners gong gonged gonging gongs good goof
    goon goons gored gould gowned gowning grabbed grace graced graces gracing gram grams grange grant grassed
    grassing grassy grate grater graters grates gravel graveled graveling gravels gravy grazed grazes grazing greats
    greed greek greened greening greer greet grid grills grim grinding grinds gripe griped gripes griping grit groan
    groin groins grope gropes groping grove grubbed grubbing grubs guide guides guiding guild guilds guilt gulled
    gulling gumming gums gunning guppies guppy gushed gust guzzle guzzled hack hades hags hailed hailing haling
    hallway halo halt halves halving hamming hams handled handler handlers hanks hara harden harems hari haring
    harked harking harming harp harps harrows hash hashes hashing hatch hatched hates hatting haunted haunting
    haunts haven havens hays hazed healed healing heals heaped hearths heave heaved heaves heck heed heeded heeding
    heeds heel heels height heirs helm help hemming hems hens herd herded herding herds heres hero hides hike hikes
    hiking hilly hilts hims hind hippy hired hiring hissing hither hits hitting hive hived hoard hoarded hoarding
    hoards hock hocked hoed hogging holed holier holing holler hollow hollowed hollowing hollows holy homeys homie
    homies homing homy honesty hong honing hood hooding hoods hoof hook hooked hooking hooks hooped hooping hoops
    hoots hoover hoping hording horn horns horse horses hosing host hour hours hovel hovels howe howl huang huddle
    huddled huddles huddling huff huffs hulk hulled hulling hulu humbled humbles humbling hung hunks hunts hurl
    hurraying hurting hurtle hurtles hurts hushed husk husks hutton hype iain identifiers iggy illustrated imagined
    imaging inaner included indicted indicting indo inert infer info inland insect insects inserted insider interne
    inters intro introduced invented invert inverting inverts invested irate irises item jack jaded jades jading
    jailed jailing jails jang jaws jays jeans jell jells jelly jest jested jesting jigging jiggle jiggles jiggling
    jingle jobbing jock jody join jointed jointing joon jugging jumbled jumbles jumbling jumped jumpier jutting kale
    keel keeling keels keen keening keens kelp kemp kettle kettles kick kicked kicking kicks kill killed killing
    kinds kink kiss kits knack knacks knight knot knox lacy lades ladles lads lager lags lair lairs lakh lama lamb
    lambs laming lance lanced lances lange lapel lapels lapping lard larded larding lards larked larking lash lashes
    lashing lasses latch latched lauded lauding lauds lays lazies lazy lazying leach leading leafed leafy leaked
    leaking leaning lease leased leases leasing leeks lefty lender lends lept libel libels lick licked licking licks
    lids lied lien lilt lilted lilting lilts limb limbs liming limo limps liners linger lingers lining links listing
    lists litter litters livens livers livest livid living load loaf loafed loafing loafs lobbing lobe locked locket
    lockets locking lofted lofting logging loins loll lolled lolling lolls look lookin loom loomed looming looms
    loop looped looping loops looted looting loots lord lorded lording lore loser loss losses loth lots lotus loud
    louse louses loveable lovelies lovin lowed lowry loyal lucked lucking lulled lulling lulls lumber lumbering
    lumbers lumping lust lyme lyre lyres mabel made mailed mailing mails main maker makers male males malt malted
    malting malts mane manes mangers mangy mani manly mans mapping maps mare marked marlon married marries marrows
    marrying mart marts marvelling mashes mashing mask masking masks mass massage massed masses match matched mate
    mater mats matt maze mead meal meat medal medals meddle meet mellow mend mending mends mens mercy merge merged
    merges merging messing metal metals meted metes meting mettle midday midi mike miking mild miles milky milled
    milling milo mimi mingle miniscule minted minting minuets minutest mired mires missive mistaken misting misusing
    mitt mitten mittens moan moans moat moats mobbing mobs mock mode modes modifiers molding molds moles molted
    molting molts money mono month mood moods mooed mooing moors moped moping mops morn morns moron morons moses
    moth mother mounded mounding mounds mourning mousing moved movers movie movies moving mowed mower mowers mowing
    muck mucked mucking muddle muddled muddles muddling muff muffs mule mules mulled mulling mulls mumbled mumbles
    mumbling mumps mushed musty mute muter mutes muting mutt mutton nabs nags nailed nailing nails napa napes nappy
    narrows nash naught needling nest nested nesting nests nett nettle nettled nettles nettling newt nicety nicked
    nicking nicks nigh nipped nips nite node noes noise nook noon noose norma norse nosey nosing nosy notching note
    nothin noting nuder nulls nuts nutting nuzzle nuzzled nyse oafs oaring observers occurred occurring odes odor
    oiled oiling oils olden older olds oman omens omission oops ooze oozes oozing opal opals opener opt oral orals
    order organizers ounce ounces ours oust ouster outs ovens overt owens owing owls oxen pacts padded padding
    paddle pads paige pails pained paining pains pairs palace palaces palate paleo paling palled palmed palming
    pandered pang pangs panning panty paper papers parch parched parches parching pared paring parka parkas parred
    parring parrot parrots parry parses parson parsons parted particle parting parts paso passive paste pasted
    pastes pasting pasts patch patched patently pates patting paused pauses pausing paving pawns peace peaces peach
    peaked peaking peasant peek peeled peeling peels peeped peered peering peers peeved peeving peggy pelt pelted
    pelting pelts pend pending pends penes pepped pepping peps perks perry persona pest pests peta pews phased
    phasing phoney picket pickled pickling picky pictured piddle pier piers pill pilot pining pinked pinking pinky
    pinning pipe pitched pity placid plaice planed planets planing planked planking plated plato pled pliant plied
    plies plight plights plopped plopping plots plow plowing plows plug plumb plumber plumbers plume plump plush
    pocket pockets points poke poling polk polling polls polo poly pony poole pooped pooping poppies popping poppy
    porch porches pore pored poring ported porting ports poses posh posing post potions potted pounce pounces
    pouncing pouted pouting pouts powder powdering powders power powered powering powers praise praised praises
    praising prawn pray prays preach preached preaches preaching preen prefect preposition pres presidents prevent
    prevents previewed previewing previews prey prick pricked pricking prides priding produced producer producers
    product prom prong proof prop props prow prowl prowling prowls prows prying psalm psalms publishers puck puddle
    puddled puddles puddling pulley pulp pulped pulping pulsed pulsing pump pumping pune punk punning punted punts
    pupped pupping pushers pushes pushing pushy puttying puzzle puzzles pyre pyres quartet quartets quilt rabbi
    racers racked racket rackets racking racks racy raffle rafting raged ragged ragging raging rags raid raided
    railing rails raining rainy raisin raisins raked ram ramp ramps rams rang range ranging rants raped raping
    rapping rared raring rasped rated rating rave raved ravel raveled raveling ravels rawer raze reach react reacted
    reacting reader reads real reap reaping reaps rear receivers redden redder reduced reeked reeking reeks rees
    regain regained regaining regains regretted regretting rein relay relayed relaying relocated remote remotes
    removed rend rending rends rent rented renting rents repeal repent replaced reprint reprinted reprinting
    reprints resent resented resenting resents reset resets resign resigned resigning resigns resumed resumes
    resuming retain retained retaining retains retires reusing reveled reveling revered reverted reyes rhys rice
    riced ridded ridding riddle riders rides ridges ridging rids rifer riled rind ringing rinks rinses rinsing riot
    ripe ripen riper ripper rips risers risk risking risks rite rivet roach roaches roam roaring roars roast robbing
    robe robed robes robing robs rocked rocker rockers rocky rode rollins roman rooked rooking roost roses ross
    rotor rotted rotten rotting rotund rouse rouses rout router rovers rowe rowing rows royale rubbed rubbing rued
    rues ruff ruffs rugby ruin ruining ruins ruled ruling rumbled rumbles rumbling rump rumps rune runes runny runt
    rushed rusted rusts rutting sacked sacking sacks safer sage sages said saint saints sales salman salon saloon
    sapling sapped sash sashes saucier saucy save sawn saws scald scalded scalding scalds scaled scalp scalped
    scalping scalps scaly scanning scanting scaring scarlett scary scent scoot scoots scores scoring scot scots
    scram scrams scrape scrapped scrapping scrawl scrawling scrawls scream screams scroll scrolling scrolls sealed
    seals seams seas seated sect sects sedated sedating seduce seduced seduces seducing seed seeding seeds seeing
    seem seer seine seize sell selling sells semen sender sensing sentience sept setters setting settlers sever
    sewing sexing shack shacks shaded shadowy shady shafted shafting shake shalt shame shan shares sharing sharking
    sharping shave shaves shaving sheep sheer sheered shelf shelled shelling sherries sherry shes shifty shin shine
    shines shingle shinning shins shipped shipping shirk shirted shirting shod shoeing shoo shooed shooing shoon
    shoos shooter shorted shorten shorting shorts shouts shoved shoves shoving showman showmen shrank shriek
    shrieking shrieks shrine shrines shrunk shuck shucked shun shunt shunted shuttling sicked sicker sidle sidles
    sights sign signing signs silk silting simile similes sims singeing singer singers singes singling singly
    sinking sinks sinn sinner sino sinus sipping sired sirup sites siting sixes sizing skate skated skating sketchy
    skid skies skill skimming skimp skimping skimps skin skinning skins skirt skit skits slacked slacking slacks
    slag slant slanted slanting slants slap slated slater slating slats slave slay slaying slays sleek sleeking
    sleeks sleet sleeting sleets slice slices slicing slick slicker slicking slicks slid slider sliding slight
    slights slim slimming sling slinging slings slipped slippers slipping slits slitting sliver slobs slop slot
    slots slotted slotting slowed slowing slum slummer slut sluts smack smacked smacking smacks smart smarted
    smarting smarts smattering smell smelled smelling smells smelt smelted smelting smelts smite smites smiting
    smocked smoked smoker smokey smoky smote smuggest smut smuts snack snacked snacking snacks snail snailed
    snailing snails snap snapped snapping snaps snare snared snarl snarls sneer sneered sneering sneers snicker
    snipped snitch snitched snitches snitching snoop snooping snoops snorted snowden snowed snuck snuggest soak
    soaking soaping soaps sock socked socket sockets sods sofa soggy soil soiled soils solar solder sole sonar song
    songs soon sorry soul soured south sowed sowing spaced spacex spain span spanning spans spare spared spares
    spark sparked sparking sparklers sparks spatted spatting spay spayed spaying spays speak speaks spend spill
    spilled spilling spills spilt spinal spit spitted spokes spongy spool spools spores sports spouted spouting
    sprinklers sprint sprinted sprinting sprints sprout spun squarest squire squires stable stables staging staid
    stair stairs stake stakes stalked stalking stares started startling starve starves state stating stave staves
    ste stead steak steamy steel steeled steeling steels steep stepping steps stew stews stickier stickler sticky
    stiles stimulation sting stingier stinging stink stinking stinks stint stinted stinting stints stir stirs stitch
    stitched stitches stitching stocked stoke stomp stomped stomping stomps stony stood stooped stooping stored
    stores storey storing stork storm stormy stowed stowing strain strained strainer strainers straining strains
    strand stranding strands strangle strap straps stray strayed straying strays stream stride strides strife strike
    strikes strip stript strive strives struck stumble stumbled stumbles stumbling stung stunk stuns subbing
    substituted sucked sucking suckling suds sue sues suing summaries summing sunk sunning sunny supper suppliers
    surprise surprises swab swabs swag swamp swamped swamping swamps swan swans swarm swat sway swayed swaying sweat
    sweating sweats sweeter swerving swift swifts swig swigs swill swilling swine swines swinging swipe swiped
    swipes swiping swirl swirling swirls swishing swivelled swivelling swoop swoops sword swords tablets tailed
    tailing taint takin talc talker talks tally tamer tames taming tamper tampers tang tangs tanking tans taped
    taping tapped tapping tarried tarries tarrying tart tarts task tasking tasks taxes taxing teach teaming tedium
    tees teethe teller tells tend tender tendered tendering tenders tens tent tented tenth tenting test tested
    testing tests thanking thaw theme theyre thick thin thine thinkin thinning thirsty thistle thistles though
    threes thrusting tided tidier tied tier tiers tights tiles tiling tilled tilling tilted tilting tilts timer
    tinder tinged tingle tinker tinned tinnier tinning tinny tirade tirades tis tits toad toast toed toffee toil
    tolled tolling tolls tomes tone toned tones toning took tool tools topped toro torsi tory tost totting tour
    toured touring tours tow tower towered towering towers tows toys trace traces tracing track tracks traders
    trails trainer trait traits trans transferred transferring travelled travelling trawl trawler trawling trawls
    tray trays treading trek treks trending tried tries trilled trilling tripe trips trite trod trolled trollies
    trolly trouser trout trouts truce truces trucked trucking true trues tryin trying tsar tsars tuba tubas tubing
    tumblers tune tuned tunes tuning tunnel turf turfed turfing turfs turin twain twee twitch twitched twitches
    twitching typed typo tzars udder uhm unblock unblocked unblocking unblocks undertakers unset unstuck upped upton
    urn urns vain valor valour vane vanes vape varnish varnished varnishes varnishing vary vase veal vend vender
    venders vending vends venerate venerated venerates venerating verb vest vested vesting vests vicing vids vies
    vindicate vindicated vindicates vindicating violent vises vising vlad voiding wadded wadding waddle waded wafted
    wafting wafts waging waifs wailing waist waists waiter waived waiving wakens walled waller wallis wallop
    walloping wallops wallowed wallowing wander wandering wane wanes waning wanner wants warden wards warn warp wart
    warts wary wash washes washing wasp wasps wasted wasting watch watery watts waves waving wavy waxes waxing ways
    weak weaned weaning weans weave weaves weaving weed weeding weeds weeing week weeks weer weight weighty weld
    welled welling welp welted welting welts west where while whine whip whips whisked whiskey whiskeys whisper
    whispers whiten whittle whittles whittling whopping whore widen wider widow widows width wield wiggle wiggles
    wiggling wilde wilt wind winding winds wined wingers winging wining winks wiped wipers wired wires wiring wits
    witting witty wizes woke woken wood wooded woods woof woolen wore workable worlds worms worn worries worry
    wounder woven wrested wresting wrests wriest wringing writer writers writhe writhes writhing writs wrote wrought
    wrung yack yaks yale yapping yaps yarn yawn yell yells yens yield yikes yock yoon yours youth yowl yuck zack
    zany zeal zest zests zipped zipping zone zoned zones zoning
    """.split()
)
