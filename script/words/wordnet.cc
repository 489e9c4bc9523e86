#include "script/words/wordnet.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/text/text.h"
#include "script/words/action.h"
#include "script/words/inflect.h"
#include "script/words/material.h"
#include "script/words/noun.h"
#include "script/words/set.h"

namespace script {
namespace {

// A read-only mapping of one database file; stays for the life of the process.
class MappedFile {
public:
    explicit MappedFile(const std::string& path) {
        const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) return;
        struct stat status {};
        if (fstat(descriptor, &status) == 0 && status.st_size > 0) {
            void* at = mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_PRIVATE,
                            descriptor, 0);
            if (at != MAP_FAILED) {
                text_ = {static_cast<const char*>(at), static_cast<size_t>(status.st_size)};
            }
        }
        close(descriptor);
    }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

struct PartOfSpeech {
    MappedFile index, data;
};

struct Database {
    PartOfSpeech noun, verb, adjective, adverb;
};

std::string database_folder() {
    std::vector<std::string> folders;
    if (const char* named = std::getenv("AOZORA_WORDNET")) folders.emplace_back(named);
#ifdef AOZORA_WORDNET_DIR
    folders.emplace_back(AOZORA_WORDNET_DIR);
#endif
    folders.insert(folders.end(), {"/usr/share/wordnet", "/usr/share/wordnet-3.0",
                                   "/usr/local/share/wordnet", "/usr/local/WordNet-3.0/dict"});
    for (const std::string& folder : folders) {
        if (access((folder + "/index.noun").c_str(), R_OK) == 0) return folder;
    }
    return {};
}

const Database& database() {
    static const Database instance = [] {
        const std::string at = database_folder();
        const auto open_pair = [&](const char* name) {
            return PartOfSpeech{MappedFile(at + "/index." + name),
                                MappedFile(at + "/data." + name)};
        };
        return Database{open_pair("noun"), open_pair("verb"), open_pair("adj"), open_pair("adv")};
    }();
    return instance;
}

std::string_view line_at(std::string_view text, size_t offset) {
    if (offset >= text.size()) return {};
    const size_t end = text.find('\n', offset);
    return text.substr(offset, end == std::string_view::npos ? text.size() - offset : end - offset);
}

// The line of `lemma` in an index file (sorted bytewise by lemma; licence lines start with ' ').
std::string_view find_line(std::string_view index, std::string_view lemma) {
    size_t low = 0, high = index.size();
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const size_t before = index.rfind('\n', middle == 0 ? 0 : middle - 1);
        size_t start = before == std::string_view::npos || before < low ? low : before + 1;
        if (middle == 0) start = 0;
        const std::string_view line = line_at(index, start);
        const std::string_view key = line.substr(0, line.find(' '));
        if (key == lemma) return line;
        if (key < lemma) {
            low = start + line.size() + 1;
        } else {
            high = start;
        }
    }
    return {};
}

std::vector<std::string_view> fields(std::string_view line) {
    std::vector<std::string_view> out;
    size_t at = 0;
    while (at < line.size()) {
        const size_t end = line.find(' ', at);
        const size_t stop = end == std::string_view::npos ? line.size() : end;
        if (stop > at) out.push_back(line.substr(at, stop - at));
        at = stop + 1;
    }
    return out;
}

size_t to_number(std::string_view text, int radix = 10) {
    size_t value = 0;
    for (const char c : text) {
        int digit = 99;
        if (c >= '0' && c <= '9') digit = c - '0';
        if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        if (digit >= radix) break;
        value = value * static_cast<size_t>(radix) + static_cast<size_t>(digit);
    }
    return value;
}

struct Senses {
    std::vector<size_t> offsets;  // of synsets in data.*, most frequent sense first
    size_t tagged = 0;            // senses seen in the semantic concordance: how usual this use is
};

Senses senses_of(const PartOfSpeech& part, std::string_view lemma) {
    Senses out;
    const auto field = fields(find_line(part.index.text(), lemma));
    if (field.size() < 6) return out;
    const size_t pointers = to_number(field[3]);
    size_t at = 4 + pointers;
    if (at + 1 >= field.size()) return out;
    out.tagged = to_number(field[at + 1]);
    for (at += 2; at < field.size(); ++at) out.offsets.push_back(to_number(field[at]));
    return out;
}

struct Synset {
    int lexical_file = 0;  // lexnames(5WN): 5 animal, 6 artifact, 13 food, 18 person, 27 substance
    std::vector<std::string> words;
    std::vector<size_t> parents, group;
};

Synset read_synset(const PartOfSpeech& part, size_t offset, bool instances) {
    Synset out;
    std::string_view line = line_at(part.data.text(), offset);
    line = line.substr(0, line.find(" | "));
    const auto field = fields(line);
    if (field.size() < 5) return out;
    out.lexical_file = static_cast<int>(to_number(field[1]));
    const size_t word_count = to_number(field[3], 16);
    size_t at = 4;
    for (size_t i = 0; i < word_count && at + 1 < field.size(); ++i, at += 2) {
        out.words.push_back(base::to_lower_ascii(field[at]));
    }
    if (at >= field.size()) return out;
    const size_t pointer_count = to_number(field[at++]);
    for (size_t i = 0; i < pointer_count && at + 3 < field.size() + 1; ++i, at += 4) {
        if (at + 1 >= field.size()) break;
        if (field[at] == "@" || (instances && field[at] == "@i"))
            out.parents.push_back(to_number(field[at + 1]));
        if (field[at] == "$") out.group.push_back(to_number(field[at + 1]));
    }
    return out;
}

// Answers whether a lemma of a synset is a word of ours; sees the synset's lexical file.
using Known = std::function<bool(const std::string& lemma, int lexical_file)>;

constexpr int kLongestClimb = 6, kSensesTried = 3, kSensePenalty = 2;

std::optional<Climb> climb(const PartOfSpeech& part, const std::string& lemma, const Known& known,
                           const std::set<int>& files, bool instances = false) {
    std::optional<Climb> best;
    int best_cost = 99;
    const Senses senses = senses_of(part, lemma);
    for (int sense = 0; sense < kSensesTried && sense < static_cast<int>(senses.offsets.size());
         ++sense) {
        int file = -1;  // of the sense itself: the tops of the trees have one of their own
        std::vector<size_t> level{senses.offsets[static_cast<size_t>(sense)]};
        for (int steps = 0; steps <= kLongestClimb && !level.empty(); ++steps) {
            const int cost = steps + sense * kSensePenalty;
            if (cost >= best_cost) break;
            std::vector<size_t> above;
            for (const size_t offset : level) {
                const Synset synset = read_synset(part, offset, instances);
                if (file < 0) file = synset.lexical_file;
                if (steps == 0 && !files.empty() && !files.count(synset.lexical_file)) continue;
                for (const std::string& word : synset.words) {
                    if (word == lemma || !known(word, file)) continue;
                    if (cost < best_cost) {
                        best_cost = cost;
                        best = Climb{word, steps, {}};
                    }
                }
                above.insert(above.end(), synset.parents.begin(), synset.parents.end());
                if (steps == 0) above.insert(above.end(), synset.group.begin(), synset.group.end());
            }
            level = std::move(above);
        }
    }
    return best;
}

std::string spaced(std::string_view word) {
    std::string out(word);
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

std::string with_article(std::string_view word) {
    const bool vowel =
        !word.empty() && std::string_view("aeiou").find(word[0]) != std::string_view::npos;
    return (vowel ? "an " : "a ") + spaced(word);
}

bool category_fits(const Noun& noun, int file) {
    switch (file) {
        case 5: return noun.category == "animal";
        case 18: return noun.category == "person";
        case 13: return noun.category == "food";
        case 20: return noun.category == "nature" || noun.category == "food";
        case 17: return noun.category == "nature" || noun.category == "shape";
        case 6:
            return noun.category != "animal" && noun.category != "person" &&
                   noun.category != "food" && noun.category != "nature";
        default: return false;
    }
}

std::string underscored(std::string_view word) {
    std::string out = base::to_lower_ascii(word);
    std::replace(out.begin(), out.end(), ' ', '_');
    return out;
}

// First candidate singular that WordNet has.
std::optional<Climb> climb_singulars(std::string_view word, const Known& known,
                                     const std::set<int>& files, bool instances = false) {
    if (word.size() > 64) return std::nullopt;
    for (const std::string& candidate : singular_candidates(underscored(word))) {
        auto result = climb(database().noun, candidate, known, files, instances);
        if (!result) continue;
        result->why = with_article(candidate) + " is a kind of " + spaced(result->found);
        return result;
    }
    return std::nullopt;
}

}  // namespace

namespace {

// The report asks about the same words again and again. One small memory per thread and question.
template <typename Answer, typename Ask>
const Answer& remembered(std::unordered_map<std::string, Answer>& memory, std::string key,
                         const Ask& ask) {
    if (memory.size() > 4096) memory.clear();
    const auto found = memory.find(key);
    if (found != memory.end()) return found->second;
    return memory.emplace(std::move(key), ask()).first->second;
}

}  // namespace

bool wordnet_available() { return !database().noun.index.text().empty(); }

static std::optional<Climb> ask_climb_noun(std::string_view word, bool proper) {
    const Known known = [](const std::string& lemma, int file) {
        // Too general to picture: the first thing of its kind would be a guess, not a likeness.
        static const std::set<std::string> vague = {
            "figure",    "case", "match", "sheet",      "screen", "card", "plant",
            "structure", "shop", "page",  "individual", "paper",  "sign", "record"};
        const auto match = match_noun(lemma);
        return match && !vague.count(lemma) && !match->loose && !match->plural &&
               category_fits(*match->noun, file);
    };
    return climb_singulars(word, known, {5, 6, 13, 17, 18, 20}, proper);
}

std::optional<Climb> climb_noun(std::string_view word, bool proper) {
    thread_local std::unordered_map<std::string, std::optional<Climb>> memory;
    return remembered(memory, std::string(word) + (proper ? "+" : ""),
                      [&] { return ask_climb_noun(word, proper); });
}

static std::optional<Climb> ask_climb_material(std::string_view word) {
    const Known known = [](const std::string& lemma, int) {
        return find_material(lemma).has_value();
    };
    auto result = climb_singulars(word, known, {27, 6, 20, 13});
    if (result && result->steps > 4) return std::nullopt;
    return result;
}

std::optional<Climb> climb_material(std::string_view word) {
    thread_local std::unordered_map<std::string, std::optional<Climb>> memory;
    return remembered(memory, std::string(word), [&] { return ask_climb_material(word); });
}

static std::optional<Climb> ask_climb_place(std::string_view word) {
    const Known known = [](const std::string& lemma, int) {
        // Any gap is a kind of space; that leads to the Moon.
        if (lemma == "space") return false;
        const auto match = match_set(lemma);
        return match && !match->also_thing;
    };
    auto result = climb_singulars(word, known, {6, 15, 17});
    if (result && result->steps > 3) return std::nullopt;
    return result;
}

std::optional<Climb> climb_place(std::string_view word) {
    thread_local std::unordered_map<std::string, std::optional<Climb>> memory;
    return remembered(memory, std::string(word), [&] { return ask_climb_place(word); });
}

static std::optional<UnknownVerb> ask_unknown_verb(std::string_view form) {
    if (form.size() < 2 || form.size() > 40) return std::nullopt;
    std::string word = underscored(form);
    std::vector<UnknownVerb> candidates{{word, ""}};
    const auto strip = [&](std::string_view ending, std::string_view put, const char* name) {
        if (!base::ends_with(word, ending) || word.size() < ending.size() + 2) return;
        const std::string stem = word.substr(0, word.size() - ending.size());
        candidates.push_back({stem + std::string(put), name});
        const size_t n = stem.size();
        if (put.empty() && n > 2 && stem[n - 1] == stem[n - 2]) {
            candidates.push_back({stem.substr(0, n - 1), name});
        }
    };
    strip("ies", "y", "s");
    strip("es", "", "s");
    strip("s", "", "s");
    strip("ied", "y", "ed");
    strip("ed", "", "ed");
    strip("ed", "e", "ed");
    strip("ing", "", "ing");
    strip("ing", "e", "ing");
    for (const UnknownVerb& candidate : candidates) {
        if (!senses_of(database().verb, candidate.base).offsets.empty()) return candidate;
    }
    return std::nullopt;
}

std::optional<UnknownVerb> unknown_verb(std::string_view form) {
    thread_local std::unordered_map<std::string, std::optional<UnknownVerb>> memory;
    return remembered(memory, std::string(form), [&] { return ask_unknown_verb(form); });
}

static std::optional<Climb> ask_climb_verb(std::string_view word) {
    const auto verb = unknown_verb(word);
    if (!verb) return std::nullopt;
    const Known known = [](const std::string& lemma, int file) {
        // The tops of the verb trees say nothing about what would be seen.
        static const std::set<std::string> vague = {
            "move",   "go",   "make", "change", "act",   "be",   "get",   "touch",
            "travel", "take", "give", "put",    "work",  "live", "come",  "meet",
            "play",   "end",  "hold", "reach",  "place", "lay",  "appear"};
        const auto match = match_verb(lemma);
        // 34..43 without thought and feeling: body 29, competition 33, contact 35, creation 36,
        // motion 38, perception 39, communication 32, weather 43, change 30, consumption 34.
        static const std::set<int> seen = {29, 30, 32, 33, 34, 35, 36, 38, 39, 43};
        return match && match->is_base && !match->loose && !vague.count(lemma) && seen.count(file);
    };
    auto result = climb(database().verb, verb->base, known, {});
    if (!result || result->steps > 3) return std::nullopt;
    result->why = "to " + spaced(verb->base) + " is a way to " + spaced(result->found);
    return result;
}

std::optional<Climb> climb_verb(std::string_view word) {
    thread_local std::unordered_map<std::string, std::optional<Climb>> memory;
    return remembered(memory, std::string(word), [&] { return ask_climb_verb(word); });
}

static std::string ask_parts_of_speech(std::string_view word) {
    std::vector<std::pair<size_t, char>> found;
    const Database& db = database();
    size_t noun_tagged = 0;
    bool noun_found = false;
    for (const std::string& candidate : singular_candidates(underscored(word))) {
        const Senses senses = senses_of(db.noun, candidate);
        if (senses.offsets.empty()) continue;
        noun_found = true;
        noun_tagged = std::max(noun_tagged, senses.tagged);
    }
    if (noun_found) found.emplace_back(noun_tagged, 'n');
    if (const auto verb = unknown_verb(word)) {
        found.emplace_back(senses_of(db.verb, verb->base).tagged, 'v');
    }
    const Senses adjective = senses_of(db.adjective, underscored(word));
    if (!adjective.offsets.empty()) found.emplace_back(adjective.tagged, 'a');
    const Senses adverb = senses_of(db.adverb, underscored(word));
    if (!adverb.offsets.empty()) found.emplace_back(adverb.tagged, 'r');
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string out;
    for (const auto& [count, letter] : found) out += letter;
    return out;
}

std::string parts_of_speech(std::string_view word) {
    thread_local std::unordered_map<std::string, std::string> memory;
    return remembered(memory, std::string(word), [&] { return ask_parts_of_speech(word); });
}

}  // namespace script
