#include "script/words/function_words.h"

#include <initializer_list>
#include <unordered_map>
#include <unordered_set>

namespace script {
namespace {

using Words = std::unordered_set<std::string_view>;

const Words& determiners() {
    static const Words words = {"a",     "an",   "the", "this",  "these", "those",
                                "my",    "his",  "its", "their", "your",  "our",
                                "some",  "any",  "no",  "each",  "every", "another",
                                "other", "both", "all", "one's", "whose"};
    return words;
}
const Words& pronouns() {
    static const Words words = {"it",         "they",       "them",     "he",       "him",
                                "she",        "her",        "i",        "we",       "you",
                                "us",         "me",         "itself",   "himself",  "herself",
                                "themselves", "everything", "everyone", "everybody"};
    return words;
}
const Words& prepositions() {
    static const Words words = {
        "onto",       "on",      "into",   "in",         "off",     "down",  "up",
        "through",    "over",    "around", "against",    "past",    "under", "across",
        "toward",     "towards", "from",   "along",      "at",      "to",    "with",
        "by",         "beside",  "behind", "near",       "above",   "below", "inside",
        "outside",    "between", "among",  "underneath", "beneath", "upon",  "out",
        "for",        "without", "about",  "round",      "atop",    "via",   "within",
        "amid",       "like",    "of",     "alongside",  "away",    "back",  "opposite",
        "throughout", "during",  "until",  "till",       "per",     "as",    "than"};
    return words;
}
const Words& auxiliaries() {
    static const Words words = {
        "is",      "are",      "was",    "were",      "be",       "been",  "being",   "am",
        "has",     "have",     "had",    "will",      "would",    "can",   "could",   "may",
        "might",   "shall",    "should", "must",      "do",       "does",  "did",     "gets",
        "get",     "getting",  "got",    "'s",        "'re",      "'ll",   "'ve",     "'d",
        "ca",      "wo",       "starts", "begins",    "start",    "begin", "started", "tries",
        "try",     "keeps",    "keep",   "continues", "continue", "going", "trying",  "starting",
        "manages", "attempts", "seems",  "appears",   "began",    "tried", "kept",    "about"};
    return words;
}
const Words& subordinators() {
    static const Words words = {"when",    "while",    "after",  "before",    "until",
                                "because", "as",       "once",   "whereupon", "so",
                                "since",   "whenever", "if",     "where",     "causing",
                                "making",  "letting",  "though", "although",  "till"};
    return words;
}
const Words& others() {
    static const Words words = {
        "that",        "which",     "who",     "whom",       "what",      "there",     "here",
        "not",         "n't",       "never",   "and",        "but",       "or",        "nor",
        "then",        "also",      "too",     "just",       "only",      "so",        "very",
        "quite",       "rather",    "really",  "slightly",   "somewhat",  "extremely", "than",
        "such",        "how",       "why",     "please",     "let",       "let's",     "even",
        "still",       "yet",       "again",   "own",        "video",     "film",      "movie",
        "clip",        "scene",     "shot",    "footage",    "image",     "picture",   "made",
        "make",        "makes",     "making",  "called",     "named",     "it's",      "that's",
        "there's",     "cut",       "next",    "show",       "shows",     "showing",   "featuring",
        "depicting",   "now",       "first",   "finally",    "style",     "create",    "generate",
        "like",        "well",      "camera",  "view",       "out",       "once",      "his",
        "hers",        "theirs",    "mine",    "s",          "t",         "thing",     "things",
        "way",         "bit",       "kind",    "sort",       "type",      "when",      "suddenly",
        "immediately", "soon",      "later",   "afterwards", "meanwhile", "until",     "because",
        "while",       "animation", "wearing", "weighing",   "entitled",  "long",      "lasting",
        "lasts",       "duration",  "length",  "height",     "lens"};
    return words;
}

}  // namespace

bool is_determiner(std::string_view word) { return determiners().count(word) > 0; }
bool is_pronoun(std::string_view word) { return pronouns().count(word) > 0; }
bool is_preposition(std::string_view word) { return prepositions().count(word) > 0; }
bool is_auxiliary(std::string_view word) { return auxiliaries().count(word) > 0; }
bool is_conjunction(std::string_view word) {
    return word == "and" || word == "but" || word == "or" || word == "nor";
}
bool is_subordinator(std::string_view word) { return subordinators().count(word) > 0; }
bool is_degree(std::string_view word) {
    static const Words words = {"very",     "quite",     "rather",     "really",     "slightly",
                                "somewhat", "extremely", "incredibly", "super",      "so",
                                "pretty",   "fairly",    "totally",    "completely", "perfectly",
                                "truly",    "too",       "absolutely"};
    return words.count(word) > 0;
}

bool is_function_word(std::string_view word) {
    return is_determiner(word) || is_pronoun(word) || is_preposition(word) || is_auxiliary(word) ||
           is_subordinator(word) || others().count(word) > 0;
}

std::string_view find_manner(std::string_view word) {
    static const std::unordered_map<std::string_view, std::string_view> manners = [] {
        std::unordered_map<std::string_view, std::string_view> map;
        const auto add = [&](std::string_view manner, std::initializer_list<std::string_view> all) {
            for (const std::string_view one : all) map.emplace(one, manner);
        };
        add("slowly", {"slowly", "slow", "lazily", "leisurely", "gradually", "calmly", "sluggishly",
                       "steadily", "slower", "serenely", "cautiously", "carefully"});
        add("fast",
            {"fast", "quickly", "quick", "rapidly", "swiftly", "speedily", "wildly", "faster",
             "rapid", "frantically", "hurriedly", "furiously", "briskly", "speedy", "madly"});
        add("gently", {"gently", "softly", "lightly", "gracefully", "elegantly", "delicately",
                       "smoothly", "tenderly", "gentle", "peacefully"});
        add("hard", {"hard", "harder", "violently", "forcefully", "heavily", "powerfully",
                     "brutally", "strongly", "angrily", "vigorously", "hardly_hard", "harshly",
                     "aggressively", "mightily"});
        add("high", {"high", "higher", "highly_high"});
        return map;
    }();
    const auto found = manners.find(word);
    return found == manners.end() ? std::string_view() : found->second;
}

}  // namespace script
