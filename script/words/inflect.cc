#include "script/words/inflect.h"

#include <algorithm>
#include <array>
#include <utility>

namespace script {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// plural, singular
constexpr Pair kIrregularNouns[] = {
    {"men", "man"},
    {"women", "woman"},
    {"children", "child"},
    {"people", "person"},
    {"persons", "person"},
    {"feet", "foot"},
    {"teeth", "tooth"},
    {"geese", "goose"},
    {"mice", "mouse"},
    {"dice", "die"},
    {"oxen", "ox"},
    {"lice", "louse"},
    {"cacti", "cactus"},
    {"octopi", "octopus"},
    {"leaves", "leaf"},
    {"knives", "knife"},
    {"wolves", "wolf"},
    {"shelves", "shelf"},
    {"loaves", "loaf"},
    {"halves", "half"},
    {"calves", "calf"},
    {"elves", "elf"},
    {"scarves", "scarf"},
    {"hooves", "hoof"},
    {"wives", "wife"},
    {"thieves", "thief"},
    {"lives", "life"},
    {"fish", "fish"},
    {"sheep", "sheep"},
    {"deer", "deer"},
    {"scissors", "scissors"},
    {"dominoes", "domino"},
    {"dominos", "domino"},
    {"potatoes", "potato"},
    {"tomatoes", "tomato"},
    {"heroes", "hero"},
    {"binoculars", "binoculars"},
    {"firemen", "fireman"},
    {"policemen", "policeman"},
    {"snowmen", "snowman"},
    {"ballerinas", "ballerina"},
    {"pence", "penny"},
};

struct Irregular {
    std::string_view base, past, participle;
};
constexpr Irregular kIrregularVerbs[] = {
    {"fall", "fell", "fallen"},
    {"throw", "threw", "thrown"},
    {"shoot", "shot", "shot"},
    {"hit", "hit", "hit"},
    {"swing", "swung", "swung"},
    {"break", "broke", "broken"},
    {"run", "ran", "run"},
    {"stand", "stood", "stood"},
    {"sit", "sat", "sat"},
    {"fly", "flew", "flown"},
    {"hang", "hung", "hung"},
    {"catch", "caught", "caught"},
    {"drive", "drove", "driven"},
    {"ring", "rang", "rung"},
    {"rise", "rose", "risen"},
    {"speak", "spoke", "spoken"},
    {"blow", "blew", "blown"},
    {"swim", "swam", "swum"},
    {"sink", "sank", "sunk"},
    {"spin", "spun", "spun"},
    {"lean", "leaned", "leant"},
    {"leap", "leapt", "leapt"},
    {"strike", "struck", "struck"},
    {"burst", "burst", "burst"},
    {"split", "split", "split"},
    {"put", "put", "put"},
    {"set", "set", "set"},
    {"ride", "rode", "ridden"},
    {"say", "said", "said"},
    {"tell", "told", "told"},
    {"let", "let", "let"},
    {"sing", "sang", "sung"},
    {"slide", "slid", "slid"},
    {"creep", "crept", "crept"},
    {"sweep", "swept", "swept"},
    {"lie", "lay", "lain"},
    {"get", "got", "gotten"},
    {"go", "went", "gone"},
    {"come", "came", "come"},
    {"take", "took", "taken"},
    {"give", "gave", "given"},
    {"make", "made", "made"},
    {"spring", "sprang", "sprung"},
    {"cast", "cast", "cast"},
    {"fling", "flung", "flung"},
    {"sling", "slung", "slung"},
    {"cut", "cut", "cut"},
    {"eat", "ate", "eaten"},
    {"drink", "drank", "drunk"},
    {"sleep", "slept", "slept"},
    {"fight", "fought", "fought"},
    {"shake", "shook", "shaken"},
    {"tear", "tore", "torn"},
    {"see", "saw", "seen"},
    {"hold", "held", "held"},
    {"keep", "kept", "kept"},
    {"leave", "left", "left"},
    {"meet", "met", "met"},
    {"send", "sent", "sent"},
    {"bend", "bent", "bent"},
    {"draw", "drew", "drawn"},
    {"grow", "grew", "grown"},
    {"lay", "laid", "laid"},
    {"lose", "lost", "lost"},
    {"win", "won", "won"},
    {"write", "wrote", "written"},
    {"read", "read", "read"},
    {"build", "built", "built"},
    {"stick", "stuck", "stuck"},
    {"tread", "trod", "trodden"},
    {"stride", "strode", "stridden"},
    {"shut", "shut", "shut"},
    {"begin", "began", "begun"},
    {"do", "did", "done"},
    {"be", "was", "been"},
    {"have", "had", "had"},
    {"wind", "wound", "wound"},
    {"dive", "dived", "dived"},
    {"overturn", "overturned", "overturned"},
    {"thrust", "thrust", "thrust"},
    {"freeze", "froze", "frozen"},
    {"wake", "woke", "woken"},
    {"bring", "brought", "brought"},
    {"feed", "fed", "fed"},
    {"find", "found", "found"},
    {"kneel", "knelt", "knelt"},
    {"weep", "wept", "wept"},
    {"light", "lit", "lit"},
    {"sprint", "sprinted", "sprinted"},
};

// Verbs of two and more syllables double their last consonant only where it is stressed.
constexpr std::string_view kDoublingLong[] = {"propel", "begin",  "submit", "commit", "refer",
                                              "occur",  "expel",  "repel",  "admit",  "control",
                                              "regret", "forget", "compel", "upset",  "unplug"};

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool doubles(std::string_view verb) {
    if (verb.size() < 3) return false;
    int syllables = 0;
    for (size_t i = 0; i < verb.size(); ++i) {
        if (is_vowel(verb[i]) && (i == 0 || !is_vowel(verb[i - 1]))) ++syllables;
    }
    if (syllables > 1) {
        return std::find(std::begin(kDoublingLong), std::end(kDoublingLong), verb) !=
               std::end(kDoublingLong);
    }
    const char last = verb[verb.size() - 1], before = verb[verb.size() - 2];
    if (is_vowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
    // "qu" counts as a consonant: equip, quit.
    const bool lone_vowel = !is_vowel(verb[verb.size() - 3]) ||
                            (verb.size() > 3 && verb.substr(verb.size() - 4, 2) == "qu");
    return is_vowel(before) && lone_vowel;
}

std::string third_person(std::string_view verb) {
    const std::string base(verb);
    if (base == "be") return "is";
    if (base == "have") return "has";
    const char last = base.back();
    const bool hisses = last == 's' || last == 'x' || last == 'z' || last == 'o' ||
                        base.ends_with("ch") || base.ends_with("sh");
    if (hisses) return base + "es";
    if (last == 'y' && base.size() > 1 && !is_vowel(base[base.size() - 2])) {
        return base.substr(0, base.size() - 1) + "ies";
    }
    return base + "s";
}

std::string past(std::string_view verb) {
    const std::string base(verb);
    if (base.back() == 'e') return base + "d";
    if (base.back() == 'y' && base.size() > 1 && !is_vowel(base[base.size() - 2])) {
        return base.substr(0, base.size() - 1) + "ied";
    }
    return doubles(base) ? base + base.back() + "ed" : base + "ed";
}

std::string ing(std::string_view verb) {
    const std::string base(verb);
    if (base.ends_with("ie")) return base.substr(0, base.size() - 2) + "ying";
    if (base.back() == 'e' && base.size() > 2 && !base.ends_with("ee") && !base.ends_with("ye") &&
        !base.ends_with("oe")) {
        return base.substr(0, base.size() - 1) + "ing";
    }
    return doubles(base) ? base + base.back() + "ing" : base + "ing";
}

}  // namespace

std::vector<std::string> singular_candidates(std::string_view word) {
    std::vector<std::string> out{std::string(word)};
    const auto add = [&](std::string candidate) {
        if (!candidate.empty() && std::find(out.begin(), out.end(), candidate) == out.end()) {
            out.push_back(std::move(candidate));
        }
    };
    const size_t cut = word.find_last_of("_ -");
    const std::string head(cut == std::string_view::npos ? "" : word.substr(0, cut + 1));
    const std::string tail(cut == std::string_view::npos ? word : word.substr(cut + 1));
    for (const auto& [plural, singular] : kIrregularNouns) {
        if (tail == plural) add(head + std::string(singular));
    }
    const size_t n = tail.size();
    if (n < 3 || tail.back() != 's' || tail.ends_with("ss")) return out;
    if (tail.ends_with("ies") && n > 4) add(head + tail.substr(0, n - 3) + "y");
    if (tail.ends_with("ves") && n > 4) {
        add(head + tail.substr(0, n - 3) + "f");
        add(head + tail.substr(0, n - 3) + "fe");
    }
    add(head + tail.substr(0, n - 1));
    if (tail.ends_with("es")) add(head + tail.substr(0, n - 2));
    return out;
}

std::string plural_of(std::string_view singular) {
    const size_t cut = singular.find_last_of("_ -");
    const std::string head(cut == std::string_view::npos ? "" : singular.substr(0, cut + 1));
    const std::string tail(cut == std::string_view::npos ? singular : singular.substr(cut + 1));
    for (const auto& [plural, base] : kIrregularNouns) {
        if (tail == base) return head + std::string(plural);
    }
    return head + third_person(tail);  // the spelling rules of -s are the same
}

std::vector<Inflected> verb_forms(std::string_view base) {
    const size_t cut = base.find('_');
    const std::string_view verb = base.substr(0, cut);
    const std::string rest(cut == std::string_view::npos ? "" : base.substr(cut));
    std::vector<Inflected> out;
    const auto add = [&](std::string text, VerbForm form) {
        out.push_back({std::move(text) + rest, form});
    };
    add(std::string(verb), VerbForm::Base);
    add(third_person(verb), VerbForm::ThirdPerson);
    add(ing(verb), VerbForm::Ing);
    const auto irregular = std::find_if(std::begin(kIrregularVerbs), std::end(kIrregularVerbs),
                                        [&](const Irregular& entry) { return entry.base == verb; });
    if (irregular != std::end(kIrregularVerbs)) {
        add(std::string(irregular->past), VerbForm::Past);
        add(std::string(irregular->participle), VerbForm::PastParticiple);
        if (verb == "lean" || verb == "leap") add(std::string(verb) + "ed", VerbForm::Past);
        return out;
    }
    add(past(verb), VerbForm::Past);
    add(past(verb), VerbForm::PastParticiple);
    return out;
}

}  // namespace script
