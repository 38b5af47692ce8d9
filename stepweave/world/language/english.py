"""English words that are one letter away from a word of the vocabulary and mean something else.

A horse is not a misspelt house: what stands here is never put right, so that it is refused as unknown instead.
"""

from __future__ import annotations

ENGLISH: frozenset[str] = frozenset(
    """
    aback abode acts aground aids ailing ails aims airs alight alights alive alms ameer ample amps antennae ants
    applies apply arcs ares arks army arts atom awry ayes bags bailing bald balds bales balks balm balms bandy bang
    bank bans barb barbs bard bards bare bares barge baring barks barn barns bask bass bawl bawls bead beads beaks
    beam beans bear beat bedside began begs begun being bell bells bend bender bids bills bins bitten bland blank
    blend blew blights blind blob blog bloods blot blots blur boar boasts bobs bode bodes bogs bold bolt bond bones
    bony books boom boons boor boors boost boosts booth booths booty bores boring boss bout bows boxed boxer boxers
    brag bras brass brat brats brawn bray brays brine brink briny broom brooms brows buck bugger bugs built bulls
    bumper buns buoys burn bush bust buts buys byes caller camps candle candy canter card cards care cares carp
    carps cart casts chair chairs chance charge chars chats cheery chid chile chili chill chip chips chose chow
    chowing clack clamps clan cleat cleave cleaves cleft clime clock clocks clone closet clove clown clue coat
    coffer cold colon come comes cops coups cove cover cower crag cram crap crass crate creak creamy crease cremate
    croon crop crowd crows cums cure cures curry czars damps dandy dank dare darn dart dawn days deaf deal dears
    deaves deduce deed deem deer deft demon deplete desk dill dime dins dire disco dishes ditties ditty dive doer
    does dogs dome domes donor dons doom dose dote dotes dour douse douses dove downy drawl dream drew drip droop
    drug drunk dusk dust dyes earl earls earn earns ease east eave eaves eclipse eclipses eery eights ekes ellipsis
    ember enter errs ever eves ewes expend eyed facet fact fade failing fails faint fair fairs fame fang fans farce
    fare farm farms fast fate fats faze fear fears fell fellow fend fender fibs fiddle fights figs file filly film
    find finds fine fines fire fires firs fished fisher fishy fist fits flak flap flat flaw flight flights flock
    flocks flog flow flowed flue fold foots formal foxes fray frays free frees frill fruity gale gang gave gays
    gear gears geld gender gibe gild gills gins given glass glide gloom glowers glue glum goad goat goats golf good
    goof gown grab grabs gram grams grant grasp grasps grassy gravy greed greet gross growl guild guns gush gust
    guts hack hailing hale hard harm harms harry hart harts hays haze hazed hazes heady heap hearths heats heave
    heaves heed heel heels heir heirs held hell herd hind hips hire hires hither hits hive hold hole holes homeys
    homie homies homy hone hones hoof hoots hope hopes horse horses hover hubs hues hulk hums hung hunts hurl hurts
    hush imaging inert info insect invert item jack jailing jails jays jots joys jugs jumped jumpier juts keel keen
    kegs kelp kill kinds kink kiss kits knight know lacy lade lades ladles lads lager lags lair lairs lambs lame
    lames lamp laps late lays lazies lazy leafy leak lean leap lease leases lend lens lent lept less lest lets lice
    lids life lift limb limp limps line link litter livid loaf loaves lock locks logs loom looms loots loser lots
    louse louses love lowed loyal lumps lush lust lyre lyres made mailing mails malt mane mare marry mart mash mask
    mass mate matt maze meal meddle mellow mend metal metals mike mill mime miniscule mire mires missive mitt
    mitten mittens moat moats mode mold mole month moor moots mope moth mouse mouses movie mower mown muddle mums
    muse musk musty mutt mutton nailing nails nays nest nett newt nigh node noes noise none noose nosey nosy note
    nuder nuns nuts odor olden omen opal opals oral orals oust outs oven overt pacts pails pain pains pairs palace
    palm pals pane panes pang pangs pans panty parka parson parts passive past paste pasted pastes pasts pate pave
    pays peace peals pear pears pedal pedals pegs penal pend perk persona pick piddle pile pine pints pipe plaice
    plan planet plank plans pliant plight plights plow plug plumb plume plump plush pole poll poor pork pose pots
    power pray prays preen preposition prey product proof prop prow pulp punk puns punts pups pushy puss puts pyre
    pyres race rack rags railing rails ramps rang range rants raps read reader real ream reams rear rears redder
    remote rend reprint riddle rids ring rink ripe risk rite roman rook room rose rots rouse rouses rubs rugby rugs
    runs rush rust ruts sack saint salon saloon sane sank sapling sauce sauced sauces saucier scald scalp scaly
    scary scram scrape scream seal seam seams seduce seed seem seize sender sent shady shaft shake shame share
    shave sherry shes shifty shin shins shire shirk shoeing shone shooing shoos shore shores shoring short shorted
    shorten shots shove shoves shoving showman showmen shrank shriek shrine shrunk shuns shuts sick sights sill
    sine sink sips sires site skate sketchy skids skip skips skirt slack slag slake slant slap slat slats slave
    slice slick slid slight slights slip slips sliver slowing slum smart smell smiling snail snailing snails snap
    snide snip snips snitch snob snot snowing soap soar soars sofa soil soiling soils sold sons soot south sowing
    sown spade spar spark spars spate spend sprint squarest squire squires stab stabs stag stags stair stairs stake
    stand stank stares state stay stays steak steamy step stew sticky stink stint stir stirs stitch stock stop
    stowing strap stream stride strides strife strike strikes strip stript strive strives stuck stuns subs suds
    sues sums sung sunk supper swab swam swamp swan swarm swat sweeter swift swipe tack tailing taken talc talker
    tally tame tang tarry tart teak teams tears teas teat tedium tees teller tend tender tent thaw theme thin
    threes tick tide tides tidier tier tiers ties tights tile tiles tilt times tinder tinker tinnier tinny toffee
    toil told toll tome tomes toots torn torsi tots tower town toys trail tray trays trek treks tripe trite trouser
    truck true trues tsar tsars tube tubes tugs turf twee twitch udder upped valor valour vary vast vats veal vend
    vender venerate verb violent wailing walk walks wants ward warn warp wart wary wavy ways wear wears weave
    weaves wells where while whine whip whips whisked whiskey whiskeys whisper whispers whiten wide widow widows
    width wife wills wine wink wins wires wise wishes wits witty woken wooded woof woolen worm wove woven wring
    writ writhe writs wrote yack year years youth zeal
    """.split()  # noqa: SIM905 - as a list it would be a thousand lines
)
