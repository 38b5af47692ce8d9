"""English words that are one letter away from a word of the vocabulary and mean something else.

A horse is not a misspelt house: what stands here is never put right, so that it is refused as unknown instead.
"""

from __future__ import annotations

ENGLISH: frozenset[str] = frozenset(
    """
    aback abel able abode abound abuses aces act acts ages aides aids ailing ails aims aired airs alain alight alights
    alive aloud alum amaze ameer amount amounts ample amps amusing ants applies apply arcs army arts ashes ashore aside
    atom averaged avery awaken aware awry ayes bags bailing bales bali bangs banks barb barbs barge baring barn barns
    barr based basel bashing basics batch battle battles beards bearing beating bedside beer beers began begs begun
    bein being belt belts bender bends berry best bids bikers bile bind binds bins bite bites bitten blame blames
    blaming bleach blend blew blights blind bling blob blog bloods blot blots blur boast boasts bode bodes boil boiled
    boils bois boko bolt bonds bone bony booking boost boosts booths booty bores boring boss bosses bother bouncy bout
    bowel bowler boxed boxer boxers boyd bra brace braces brag brains brand brands bras brass brat brats brawl brawn
    bray brays breach brig brine briny brisk broad brody brook brooks broom brooms browne browning brows brush brushes
    brushing buck buff bugger buick built bulk bummer bump bumped bumping bumps bums bundy buoys burn bust busts buts
    buys byes cable cables cafe cafes cali caller came camp camps candy canter carb carbon carbs cards carly carp carps
    carrier carson cart carte cartoon cartoons cases cash casket cast casts catchy caves cell cellar cells centred
    chance changer char charge chats cheat cheats cheek cheeks cher chid chile chili chill chills chin chipping choir
    chopping chops chose chow chowing cite clair clam clamp clamps clans clap class clay cleat cleave cleaves cleft
    click clicks clime clip clipped cloak cloning closest clout clover clown clubs clue coats code codes coffer colder
    colo colon cong conn conor cont conte cook cooking cooks coop core cores cork cosy counts county coup coups
    covering covert cozy cpu crab crag cram crane cranes crap crave craze creak crease created cremate cried crimes
    crises croon crop crops crowe crush crushing cuff cuffs cunning cure cures curious czars dad dale damp damps
    dancers dandy dane danes dang dank dans dares darn dart dashed davy days deaf deal deaves decks deduce deed deem
    deer deft deleted deliver delivers demon deplete deposition derive derives derry dey digger dill dinner dins dipped
    dips disco ditties ditty dives diving dock dodgy doesn doll dollar dolls dong donor doom dose doubled doubly douse
    douses downy dozens drains draper dread drew drivers droop drove drowning drug drunk drying dues duff dump dumping
    dumps dust dutton dying earl earls earn earns eater eaves ebook ebooks eclipse eclipses eery eights ekes eliminated
    ellipsis ember emile enlarged enter era eras erased errs est eta ether ever eves ewes ewing exchanged expend eyed
    fable faced facet factor factors fade fading faint fair fairs fang farce fares farm farms fate fats faye faze
    fearful feast feed feel fees fellow felt fend fender ferry fetal fibre fibs fiddle fife fights filed files filling
    filly film find finder finds finer firearm firm fished fisher fishy fits flakes flank flare flares flash flat flaws
    flight flights fling flog flood flop flour flow flowed flown flue foggy folder folding folds food fool fore fork
    form formal fort fountain fountains fours foxes frames fray frays free frees fret frill frog frost fruity fuel
    funny furry fuse gage gains gale gallon gallons gang gaping gaps garde garry gases gays gems gender generated
    getting gibe gigs gild ginger gist given giver glam gland glass gloom glove gloves glowers glue glum goat goats
    gods goggles golf gong good goof goons gould grabbed grace grams grange grant grassy grate gravy greed greek greer
    greet grinding groin guide guides guiding guild gums gust hack hades hailing hallway halo halt handled handler
    hanks hara harden hari harp hash hatch hates haven hays hazed heals hearths heaves heck heel heels heirs helm help
    hens herds heres hides hike hikes hilly hind hired hither hits holy homeys homie homies homy hong hood hoof hook
    hooking hooks hoops hoots hoover hoping horn horns horse horses host hour hours howe howl huang hulk hulu hung
    hunts hurl hurts hutton hype iain iggy illustrated imagined imaging included indo inert infer info inland insect
    inserted insider intro introduced invented invert invested item jack jailing jails jang jaws jays jock jody join
    joon jumped jumpier kale keel keen kelp kemp kettle kill kinds kink kiss kits knack knight knot knox lacy lades
    ladles lads lager lags lair lairs lakh lama lamb lambs lange lash lashes latch lays lazies lazy leach leading leafy
    leaking leaning lease leases leasing lefty lender lends lept libel lids lien limb limo limps liners linger links
    listing lists litter livid living load loaf lobe locking logging look lookin loom looming looms looting loots lore
    loser loss lots loud louse louses lovin lowed lowry loyal lumber lyme lyre lyres mabel made mailing mails main
    maker malt mane mani mans mapping maps marlon married mart mask masks match mate mater mats matt maze mead meal
    meat medal medals meddle meet mellow mend mens mercy metal metals midday midi mild miles milky milo mimi miniscule
    mires missive mitt mitten mittens moan moat moats mobs mock mode molding mono month mood moods moors moron morons
    moses moth mother mounds moved movers movie moving mower muddle mule musty mute mutt mutton nailing nails napa nash
    nesting nests nett newt nigh node noes noise nook noon noose norma norse nosey nosy note nothin noting nuder nuts
    nyse odor olden older olds oman oops opal opals opener opt oral orals order ounce ounces ours oust outs ovens overt
    owens owing owls pacts paddle paige pails pains pairs palace palate paleo pang pangs panty papers parka parrot
    parry parson parts paso passive paste pasted pastes patch peace peach peek peggy pend perks perry pest pests peta
    picky pictured piddle pier piers pilot pinky pitched pity plaice planets plated plato pliant plight plights plow
    plug plumb plumber plume plump plush pocket pockets points poke polk polling polls poly poole popping poppy pore
    posh post powder power pray prays preen preposition pres prevent prevents prey produced producer product prom proof
    prop prow psalm psalms puck pulp pump pumping pune punk punts pushes pushing pushy puzzle puzzles pyre pyres rabbi
    racers racket racks raffle raging rags raid railing rails rainy ram ramp ramps rams range rants rapping rating
    reach reader real reap redder reduced rees rein relocated remote removed rend rent renting rents repeal repent
    replaced reprint resent reset revered reyes rhys rice riddle rides rids ringing riot ripper rips risk rite roam
    roaring roast robbing robe robes rocked rocker rocky rode rollins roman roses ross rotting rouse rouses router
    rovers rowe royale rugby ruin ruining ruins rushed safer sage said saint salman salon saloon sapling sash saucier
    save scald scaled scalp scaly scaring scarlett scary scent scores scoring scot scots scram scrape scream screams
    scroll scrolling scrolls sealed seams seas seated sect seduce seed seem seine seize sell sells sender sept setting
    settlers shack shaded shadowy shady shake shalt shame shan shares sharing sheep sheer sherry shes shifty shine
    shins shipping shirk shoeing shooing shoos shooter shorted shorten shouts shoves shoving showman showmen shrank
    shriek shrine shrunk shun sights sign signing signs silk sims singer singers sinking sinks sinn sinner sino sinus
    sipping sites skate sketchy skid skies skill skins skirt slag slant slap slated slater slats slave slay slaying
    sleek slice slick slid slider sliding slight slights slim sling slipped slipping sliver slot slots slowing slum
    smack smart smell smoked smoker smokey smoky snack snail snailing snails snap snapping snaps snare snitch snoop
    snowden soak soaking soaps sock socket sockets sofa soil soils solar sole sonar song songs soon sorry soul south
    sowing spaced spacex spain span spare spark speak speaks spend spill spores sports sprint spun squarest squire
    squires stable stables staging stair stairs stake stakes stares started state stating ste stead steak steamy steep
    stepping steps stew sticky stiles sting stink stint stir stirs stitch stocked stoke stomp stony stood stores storey
    storing storm stormy stowing strain strains strap stray stream stride strides strife strike strikes strip stript
    strive strives struck stuns substituted suds sue sues suing sunk sunny supper surprise surprises swab swag swamp
    swan sweat sweeter swift swine swinging swipe swirling swoop tablets tailing takin talc talker talks tally tang
    taped taping tapped tapping tart task tasks taxes taxing teach teaming tedium tees teller tells tend tender tens
    tent tenth test testing tests thanking thaw theme theyre thick thine thinkin thistle though threes tidier tied tier
    tiers tights tiles timer tinder tinker tinnier tinny tis toad toast toffee toil tolls tomes tone tones took tool
    tools topped toro torsi tory tour touring tours tower toys trace traces tracing track tracks trails trainer trait
    traits trans tray trays trek treks tried tries tripe trips trite trouser trout truce true trues tryin trying tsar
    tsars tunes tunnel turf turin twain twee twitch typed typo udder uhm upped upton urn vain valor valour vape vary
    vase veal vend vender venerate verb vest vests vids violent vlad wailing waist waiter waller wallis wander
    wandering wants warden warn warp wart wary wash washes washing wasp wasps watch watery waves waving wavy ways weak
    weave weaves weed weeds week weeks weld welp west where while whine whip whips whisked whiskey whiskeys whisper
    whispers whiten whopping widen wider widow widows width wield wiggle wilde wilt wind winds wingers wiped wired
    wires wits witty woke woken wooded woof woolen wore worn worries worry woven writer writhe writs wrote yack yale
    yarn yells yield yikes yoon yours youth zack zeal zest zone zones
    """.split()
)
