"""The words of promises: deeds one can be held to, what goes with them, and the reserves that take them back."""

# Deeds. Being, knowing, liking and hoping are none.
_VERBS = """
absorb adapt add address adjust advise amend analyse analyze answer apply arrange ask assemble audit block
book bring build calculate call cancel capture change chase check circulate clarify clean clear close collect
combine communicate compile complete configure confirm contact convert coordinate copy correct cover create
credit cut deliver deploy design dig discuss double-check draft draw drive drop e-mail email escalate estimate
explain export extend fetch file finalise finalize finish fix forward gather grab handle include inform
install instruct introduce invest investigate invite invoice issue join launch link list log mail map match
measure mend merge message migrate mock modify move name notify order organise organize outline pack paint
patch pay phone pick ping pitch place plan plant polish pop post prepare present price print process produce
proofread provide publish pull push put raise rebalance rebase rebook rebuild recalculate recheck record
redesign redirect redo redraft redraw reduce refine refund regrade reimburse reinstall reissue release remind
remove renew reorder repair repeat replace reply report reprint request rerun resend reserve reshoot resolve
respond restart restore retest return revert review revise rewrite ring roll scan schedule secure select send
serve settle share ship shoot shout show sign sketch slay solve sort source speak spell split store submit
summarise summarize supply swap switch telephone test text tidy track train transfer translate trim tune turn
tweak update upgrade upload verify visit waive walk warn wrap write
"""

_PHRASES = (
    r"attend to",
    r"be (?:with you|in touch|back to you)",
    r"carve out",
    r"come (?:back|to|by|over|round|along|and|with)",
    r"do",
    r"ensure",
    r"fill (?:you|it|in|out|the)",
    r"find",
    r"fit",
    r"follow (?:this )?up",
    r"get (?:back|it|this|that|these|those|them|you|the|an?|in touch|on ?to|your|our|my|some(?:one|body)|with|\w+ to)",
    r"give (?:you|her|him|them|it|your|an?|the|this|that|notice|feedback|access)",
    r"hand (?:in|over|you|it|out)",
    r"help (?:you|your|with)",
    r"hold (?:the|a|it|your|off)",
    r"keep (?:you|it|them|an eye|track|the|work\w+)",
    r"knock \d+",
    r"lay out",
    r"let (?:you|them|him|her) (?:have|know)",
    r"liaise",
    r"look (?:at|into|after|over|through|up|more|deeper|further)",
    r"make (?:sure|an?|the|your|you|it|this|that|up|good|these|those|some|all)",
    r"meet (?:with|the|your|our)\b",
    r"open (?:an?|the)",
    r"proceed",
    r"reach out",
    r"run (?:the|an?|it|this|your|another|some)",
    r"see (?:to it|to|that|about|if|whether)",
    r"set",
    r"sit down",
    r"start (?:on|the|with|work\w*|this|your|it)",
    r"take (?:care|this|that|it|you|over|on|off|out|up|down|the|an?|another|one|your|these|those|some)",
    r"talk (?:to|with|it|you)",
    r"tell (?:you|them|him|her|the)",
    r"touch base",
    r"wire",
    r"work (?:on|through|out|up|with)",
)
DEED = "(?:" + "|".join([*_VERBS.split(), *_PHRASES]) + ")"


def _doing() -> str:
    """The deeds as one is at them: "sending", "writing", "cutting"."""
    stems = {verb[:-1] if verb.endswith("e") else verb for verb in _VERBS.split()} - {
        "plan",
        "hold",
        "process",
        "address",
    }
    stems |= {stem + stem[-1] for stem in stems if stem[-3:-1].strip("bcdfglmnprstw") and stem[-1] in "bdgmnpt"}
    phrases = [
        "getting (?:back|it|this|the|you)",
        "coming (?:back|to|over|by)",
        "looking (?:into|at)",
        "giving you",
        "setting",
        "taking",
        "keeping you",
        "making",
        "doing (?:it|this|that)",
    ]
    return "(?:(?:" + "|".join(sorted(stems)) + ")ing|" + "|".join(phrases) + ")"


DOING = _doing()
# "I send you the plan on Monday": elsewhere the present stands for the future, and English takes it with a day.
PRESENT = (
    r"(?:send|call|check|clarify|prepare|come back|get back|make|do|forward|mail|write|give|deliver|inform|arrange|"
    r"correct|"
    r"organi[sz]e|upload|book|order|ask|share|revert|bring|finish|fix|update)"
)
WILL = (
    r"(?:'ll|\swill|\sshall|\s(?:am|are|is)\s(?:going|about)\sto|'(?:m|re|s)\s(?:going|about)\sto|"
    r"(?:'m|'re|'s|\sam|\sare|\sis)?\sgonna)"
)
ADVERBS = (
    r"(?:,?\s(?:also|then|now|just|personally|gladly|happily|certainly|definitely|deffo|of course|surely|still|both|"
    r"all|be able to|"
    r"go ahead and|\w+ly|soon|today|tomorrow|first|therefore|again|be sure to|simply|go and|myself|ourselves|"
    r"in turn|once more|next|in any case),?){0,3}\s(?!not\b|never\b|no longer\b|hardly\b)"
)
PLEDGE = r"(?:promise|commit|undertake|pledge|guarantee|intend|agree|plan|propose)"
# A day, where a promise is only one when a day stands in this place.
DAY = (
    r"\b(?:by|until|till|on|before|latest|tomorrow|today|tonight|this|next|in|at|within|end of|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b"
)
# What a studio, an office or a workshop hands over.
THING = (
    r"(?:agenda|answer|banner|boxes|brochure|build|changes|comments|contract|copy|cut|deck|designs?|details|"
    r"documents?|draft|edit|"
    r"estimate|export|feedback|figures|files?|fix|headcount|headlines?|invoice|layout|letter|link|list|logo|minutes|"
    r"mock-?ups?|"
    r"notes|numbers|offer|pages?|papers|photos|pictures|plans?|poster|presentation|programme|program|proofs?|proposal|"
    r"quotation|quote|release|report|reprint|results?|samples?|schedule|sketch(?:es)?|slides|statement|summary|"
    r"texts?|tickets?|"
    r"translation|update|version|wireframes?)"
)
OURS = (
    r"(?:(?:my|our|one of our|one of my)\s(?:own\s)?(?:account manager|accountants?|analyst|apprentice|assistant|"
    r"associate|"
    r"bookkeeper|colleagues?|consultant|crew|designers?|developers?|driver|editor|engineers?|intern|manager|office|"
    r"paralegal|"
    r"partner|people|photographer|producer|project manager|proof-?readers?|secretary|studio|support|team|technicians?|"
    r"translator|workshop)(?:\s(?:mr|mrs|ms|dr)\b\.?)?(?:\s(?!will\b|is\b|shall\b|and\b|has\b)[\w-]{2,20}){0,2}?)"
)
# Reserves that count wherever they stand near a promise, and those that count only right before its deed.
CONDITIONS = (
    r"(?<!see )(?<!check )(?<!ask )(?<!know )(?<!out )if(?! (?:needed|necessary|any)\b)|unless|provided (?!by)|"
    r"providing that|"
    r"subject to|depending|otherwise|hopefully|(?:i|we) hope|hop(?:e|ing) to|fingers crossed|luck|ideally|at a push|"
    r"all being well|"
    r"touch wood|i'd say|falls|wenn|hoffentlich|vielleicht|peut-être|si possible|j'espère"
)
HEDGES = (
    r"might|may(?! \d)|maybe|perhaps|possibly|probably|presumably|eventually|should|could|would|'d|try|trying|attempt|"
    r"endeavou?rs?|do (?:my|our) best|do (?:what|everything)|normally|i (?:believe|guess)|aim to|let me know|versuche"
)
