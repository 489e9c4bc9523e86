#include "script/prompt/noun_phrase.h"

#include <algorithm>
#include <set>

#include "script/prompt/gathering.h"
#include "script/words/first_names.h"
#include "script/words/function_words.h"
#include "script/words/inflect.h"
#include "script/words/material.h"
#include "script/words/wordnet.h"

namespace script {
namespace {

const NounAt* longest_noun(const Row& row, int i) { return row.noun_at(i); }
const SetAt* longest_set(const Row& row, int i) { return row.set_at(i); }
const PartAt* longest_part(const Row& row, int i) { return row.part_at(i); }

const std::set<std::string, std::less<>>& hair_words() {
    static const std::set<std::string, std::less<>> words = {
        "blond", "blonde", "brunette", "bald", "bearded", "redhead", "redheaded", "ginger"};
    return words;
}

class NounPhraseReader {
public:
    NounPhraseReader(const Row& row, int i, int depth) : row_(row), at_(i), depth_(depth) {
        mention_.first = i;
    }

    std::optional<Mention> run() {
        if (!row_.is_word(at_) && row_.at(at_).kind != TokenKind::Number) return std::nullopt;
        if (read_pronoun()) return finish();
        read_determiners();
        const bool opened = at_ > mention_.first;
        if (!read_head()) {
            // "three of them", "all of them", "both": a count without a noun.
            if (opened && row_.is(at_, "of") && is_pronoun(row_.text(at_ + 1))) {
                mention_.pronoun = row_.text(at_ + 1);
                at_ += 2;
                return finish();
            }
            if (opened && mention_.count > 0 && bare_count_may_stand()) {
                mention_.pronoun = mention_.count == 1 ? "it" : "them";
                mention_.plural = mention_.count != 1;
                return finish();
            }
            return std::nullopt;
        }
        read_after_head();
        return finish();
    }

private:
    std::optional<Mention> finish() {
        mention_.next = at_;
        if (mention_.count == 0 && !mention_.plural &&
            (mention_.determiner == Determiner::Indefinite)) {
            mention_.count = 1;
        }
        return std::move(mention_);
    }

    bool bare_count_may_stand() const {
        return !row_.is_word(at_) || is_auxiliary(row_.text(at_)) ||
               is_preposition(row_.text(at_)) || read_verb_form(row_, at_) != nullptr;
    }

    bool read_pronoun() {
        if (!row_.is_word(at_) || !is_pronoun(row_.text(at_))) return false;
        const std::string& word = row_.text(at_);
        // "her ball", "his dog": a determiner when a noun phrase goes on.
        if (word == "her" && depth_ == 0) {
            NounPhraseReader inner(row_, at_ + 1, 1);
            if (inner.run()) return false;
        }
        if (word == "i" || word == "me" || word == "we" || word == "us" || word == "you")
            return false;
        mention_.pronoun = word;
        mention_.plural = word == "they" || word == "them" || word == "themselves" ||
                          word == "everything" || word == "everyone" || word == "everybody";
        ++at_;
        return true;
    }

    // Determiners, counts and gathering words in any order that English allows.
    void read_determiners() {
        for (int guard = 0; guard < 8; ++guard) {
            if (read_gathering()) continue;
            if (read_count()) continue;
            const std::string& word = row_.text(at_);
            if (!row_.is_word(at_)) return;
            if (word == "her" || (is_determiner(word) && word != "that")) {
                apply_determiner(word);
                ++at_;
                if (row_.is(at_, "of") &&
                    (word == "all" || word == "both" || word == "some" || word == "each") &&
                    !is_pronoun(row_.text(at_ + 1))) {
                    ++at_;
                }
                continue;
            }
            if (const auto ordinal = find_ordinal(word);
                ordinal && mention_.determiner != Determiner::None && !row_.is(at_ - 1, "one")) {
                if (*ordinal > 1) mention_.determiner = Determiner::Another;
                ++at_;
                continue;
            }
            if (word == "different" || word == "new" || word == "more" || word == "extra") {
                if (mention_.determiner != Determiner::Definite &&
                    (word == "more" || word == "extra")) {
                    mention_.determiner = Determiner::Another;
                    ++at_;
                    continue;
                }
            }
            return;
        }
    }

    void apply_determiner(const std::string& word) {
        if (word == "a" || word == "an") {
            if (mention_.determiner == Determiner::None)
                mention_.determiner = Determiner::Indefinite;
        } else if (word == "another" || word == "other") {
            mention_.determiner = Determiner::Another;
        } else if (word == "no") {
            mention_.negated = true;
        } else if (word == "all" || word == "every" || word == "each") {
            mention_.all = true;
            if (mention_.determiner == Determiner::None) mention_.determiner = Determiner::Definite;
        } else if (word == "both") {
            mention_.count = 2;
            mention_.determiner = Determiner::Definite;
        } else if (word == "some") {
            some_ = true;
        } else if (word != "any") {
            mention_.determiner = Determiner::Definite;
        }
    }

    bool read_count() {
        int next = at_;
        // A measure before the noun is a size or a mass: "a 2 metre ball", "a 5 kg weight".
        if (const auto measure = read_measure(row_, at_)) {
            if (measure->quantity == Quantity::Length) {
                mention_.size_m = measure->value;
                at_ = measure->next;
                skip_dimension_word();
                return true;
            }
            if (measure->quantity == Quantity::Mass) {
                mention_.mass_kg = measure->value;
                at_ = measure->next;
                return true;
            }
            if (measure->quantity != Quantity::Time) return false;
        }
        if (row_.is(at_, "half") && row_.is(at_ + 1, "a") && row_.is(at_ + 2, "dozen")) {
            set_count(6);
            at_ += 3;
            return true;
        }
        if (const auto number = row_.number(at_, next)) {
            // "8 ball", "the eight ball" are nouns, "eight balls" are counted; numbers with a colon
            // are list marks.
            if (const auto named = longest_noun(row_, at_);
                named && named->next > at_ + 1 && !named->match.plural) {
                return false;
            }
            if (*number < 1 || *number > 1e9) return false;
            set_count(static_cast<int>(std::min(*number, 1e6)));
            at_ = next;
            if (row_.is(at_, "dozen")) {
                mention_.count *= 12;
                ++at_;
            }
            skip_of_before_noun();
            return true;
        }
        if (!row_.is_word(at_)) return false;
        const auto count = find_count_word(row_.text(at_));
        if (!count) return false;
        const std::string& word = row_.text(at_);
        const bool needs_of = word == "lot" || word == "lots" || word == "couple" ||
                              word == "pair" || word == "bunch" || word == "group" ||
                              word == "handful" || word == "plenty" || word == "trio" ||
                              word == "dozens" || word == "hundreds" || word == "thousands" ||
                              word == "loads" || word == "millions";
        if (needs_of && !row_.is(at_ + 1, "of")) return false;
        if (word == "some" || word == "both") return false;           // determiners
        if (word == "pair" && longest_noun(row_, at_)) return false;  // "pair of scissors"
        set_count(*count);
        ++at_;
        skip_of_before_noun();
        return true;
    }

    void set_count(int count) {
        mention_.count = count;
        if (count > 1) mention_.plural = true;
        if (mention_.determiner == Determiner::Indefinite) mention_.determiner = Determiner::None;
    }

    void skip_of_before_noun() {
        if (row_.is(at_, "of") && !is_pronoun(row_.text(at_ + 1))) ++at_;
        if (row_.is(at_, "the") || row_.is(at_, "these")) {
            mention_.determiner = Determiner::Definite;
            ++at_;
        }
    }

    void skip_dimension_word() {
        static const std::set<std::string, std::less<>> words = {
            "tall", "high", "long", "wide", "big", "thick", "large", "diameter", "deep"};
        if (row_.is_word(at_) && words.count(row_.text(at_))) ++at_;
    }

    // "a tower of", "a big pile of", "two rows of".
    bool read_gathering() {
        int k = at_;
        double factor = 1;
        for (int guard = 0; guard < 3 && row_.is_word(k); ++guard) {
            if (const auto size = find_size_word(row_.text(k))) {
                factor = *size;
                ++k;
            } else {
                break;
            }
        }
        if (!row_.is_word(k) || !row_.is(k + 1, "of")) return false;
        const auto arrangement = find_arrangement(row_.text(k));
        if (!arrangement) return false;
        if (longest_noun(row_, k) && longest_noun(row_, k)->next > k + 2)
            return false;  // "house of cards"
        // "a ring of fire", "a wall of glass": only before things that can be counted.
        const auto inner = NounPhraseReader(row_, k + 2, depth_ + 1);
        if (depth_ > 3) return false;
        auto copy = inner;
        const auto things = copy.run();
        if (!things || !things->noun) return false;
        if (!things->noun->plural && things->count < 2 &&
            things->noun->noun->kind != "house_of_cards" && find_material(row_.text(k + 2)) &&
            things->next == k + 3) {
            return false;
        }
        mention_.arrangement = *arrangement;
        const int rows = mention_.count;
        mention_.count = usual_count(row_.text(k));
        if (rows > 1 && *arrangement == Arrangement::Grid) mention_.count = rows * 6;
        // A tall tower has more blocks than a small one.
        if (factor != 1 && mention_.count == 0) mention_.count = factor > 1 ? 30 : 10;
        mention_.plural = true;
        if (mention_.determiner == Determiner::Indefinite) mention_.determiner = Determiner::None;
        at_ = k + 2;
        return true;
    }

    bool next_is_noun_like(int i) const {
        if (!row_.is_word(i)) return false;
        const std::string& word = row_.text(i);
        if (is_function_word(word)) return false;
        if (verb_like(i) && !longest_noun(row_, i)) return false;
        if (longest_noun(row_, i) || find_material(word) || find_colour(word) ||
            find_size_word(word) || longest_set(row_, i) || longest_part(row_, i)) {
            // "glass falls": a noun that is a finite verb here ends the phrase.
            const auto verb = match_verb(word);
            if (verb && (verb->is_third || verb->is_past) && !verb->is_base &&
                !(longest_noun(row_, i) && longest_noun(row_, i)->next > i + 1)) {
                return find_set_part(word).has_value() && !row_.is_word(i + 1);
            }
            return true;
        }
        const std::string kinds = parts_of_speech(word);
        return !kinds.empty() && (kinds[0] == 'n' || kinds[0] == 'a') && !verb_like(i);
    }

    bool verb_like(int i) const {
        const auto verb = read_verb_form(row_, i);
        return verb != nullptr;
    }

    // Everything between determiner and head; true when one word was taken.
    bool read_adjective() {
        if (!row_.is_word(at_)) return false;
        const std::string& word = row_.text(at_);
        if (is_degree(word) && row_.is_word(at_ + 1) && !is_function_word(row_.text(at_ + 1))) {
            const auto size = find_size_word(row_.text(at_ + 1));
            if (size) {
                mention_.size_factor = *size * (*size > 1 ? 1.3 : 0.75);
                at_ += 2;
                return true;
            }
            ++at_;
            return true;
        }
        const auto noun = longest_noun(row_, at_);
        const auto place = longest_set(row_, at_);
        const bool long_noun = (noun && noun->next > at_ + 1) || (place && place->next > at_ + 1);
        const int long_next = std::max(noun ? noun->next : 0, place ? place->next : 0);
        for (int count = 3; count >= 1; --count) {
            if (long_noun && long_next >= at_ + count) break;
            const std::string phrase = row_.join(at_, count, '_');
            if (phrase.empty()) continue;
            const bool goes_on = next_is_noun_like(at_ + count);
            if (const auto colour = find_colour(phrase)) {
                if (goes_on || count > 1) {
                    mention_.colour = *colour;
                    at_ += count;
                    return true;
                }
            }
            if (const auto material = find_material(phrase)) {
                const bool set_next =
                    longest_set(row_, at_) != nullptr && longest_set(row_, at_)->next > at_ + count;
                if (goes_on && !set_next) {
                    mention_.material = material->material;
                    if (material->loose) mention_.material_asked = row_.join(at_, count, ' ');
                    if (!material->colour.empty()) mention_.colour = material->colour;
                    at_ += count;
                    return true;
                }
            }
        }
        if (long_noun) return false;
        if (read_size_adjective() || read_person_adjective()) return true;
        if (const auto manner = find_manner(word); !manner.empty() && next_is_noun_like(at_ + 1)) {
            mention_.manner = manner;
            ++at_;
            return true;
        }
        return read_participle() || read_place_modifier() || read_unknown_adjective();
    }

    bool read_size_adjective() {
        const std::string& word = row_.text(at_);
        for (int count = 2; count >= 1; --count) {
            const std::string phrase = row_.join(at_, count, '_');
            if (phrase.empty()) continue;
            const auto size = find_size_word(phrase);
            if (!size || (count == 1 && !next_is_noun_like(at_ + 1) && !row_.is(at_ + 1, "and")))
                continue;
            mention_.size_factor *= *size;
            at_ += count;
            if (row_.is_punct(at_, ",") && next_is_noun_like(at_ + 1) && find_size_word(word)) {
                ++at_;  // "a big, red ball"
            }
            return true;
        }
        return false;
    }

    bool read_person_adjective() {
        const std::string& word = row_.text(at_);
        if (!next_is_noun_like(at_ + 1)) return false;
        if (word == "old" || word == "elderly" || word == "aged") {
            mention_.look.age = "old";
        } else if (word == "young" || word == "teenage" || word == "adolescent") {
            mention_.look.age = "young";
        } else if (word == "female") {
            mention_.look.sex = "female";
        } else if (word == "male") {
            mention_.look.sex = "male";
        } else if (hair_words().count(word)) {
            mention_.look.hair = word;
        } else if (word == "haired" && at_ > mention_.first) {
            mention_.look.hair = row_.text(at_ - 1);
            mention_.colour.clear();
        } else {
            return false;
        }
        ++at_;
        if (row_.is(at_, "haired")) ++at_;
        return true;
    }

    // "a rolling ball", "falling leaves": the thing does that.
    bool read_participle() {
        const auto verb = read_verb_form(row_, at_);
        if (!verb || verb->next != at_ + 1 || !verb->match.is_ing) return false;
        if (!next_is_noun_like(at_ + 1)) return false;
        if (mention_.determiner == Determiner::None && at_ == mention_.first &&
            mention_.count == 0 && longest_noun(row_, at_ + 1) &&
            !longest_noun(row_, at_ + 1)->match.plural) {
            return false;
        }
        mention_.doing = verb->match;
        ++at_;
        return true;
    }

    // "kitchen floor", "gym wall": a place before a part.
    bool read_place_modifier() {
        const auto place = longest_set(row_, at_);
        if (!place || place->match.also_thing) return false;
        const auto part = longest_part(row_, place->next);
        const auto noun = longest_noun(row_, place->next);
        if (!part && !noun) return false;
        if (longest_noun(row_, at_) && longest_noun(row_, at_)->next > place->next) return false;
        mention_.set = place->match.set;
        mention_.set_loose = place->match.loose;
        mention_.set_word = place->word;
        at_ = place->next;
        return true;
    }

    // A word that only WordNet knows, and only as an adjective: passed over.
    bool read_unknown_adjective() {
        const std::string& word = row_.text(at_);
        if (is_function_word(word) || longest_noun(row_, at_) || longest_part(row_, at_) ||
            longest_set(row_, at_)) {
            return false;
        }
        const bool opened = mention_.determiner != Determiner::None || mention_.count > 0 || some_;
        const auto verb = match_verb(word);
        if (verb && !(verb->is_participle || verb->is_ing)) return false;
        if (verb && !opened) return false;
        const std::string kinds = parts_of_speech(word);
        const bool adjective = kinds.find('a') != std::string::npos;
        if (!(adjective || (opened && (kinds.empty() || verb))) || !next_is_noun_like(at_ + 1)) {
            return false;
        }
        if (!opened && verb) return false;
        ++at_;
        if (row_.is_punct(at_, ",") && next_is_noun_like(at_ + 1) && opened) ++at_;
        return true;
    }

    bool read_head() {
        for (int guard = 0; guard < 10; ++guard) {
            if (!read_adjective()) {
                if (row_.is(at_, "and") && at_ > mention_.first &&
                    (find_colour(row_.text(at_ - 1)) || find_size_word(row_.text(at_ - 1))) &&
                    (find_colour(row_.text(at_ + 1)) || find_material(row_.text(at_ + 1)))) {
                    ++at_;  // "black and white ball": the first colour wins below
                    continue;
                }
                break;
            }
        }
        if (!row_.is_word(at_) &&
            !(row_.at(std::min(at_, row_.size() - 1)).kind == TokenKind::Number)) {
            return false;
        }
        if (at_ >= row_.size()) return false;
        return read_known_head() || read_unknown_head();
    }

    bool read_known_head() {
        auto noun = longest_noun(row_, at_);
        const auto place = longest_set(row_, at_);
        const auto part = longest_part(row_, at_);
        const int noun_next = noun ? noun->next : -1;
        const int place_next = place ? place->next : -1;
        const int part_next = part ? part->next : -1;
        const int best = std::max({noun_next, place_next, part_next});
        if (best < 0) return read_ground();
        // Function words that happen to be nouns ("can", "well", "like") need a determiner.
        if (best == at_ + 1 && is_function_word(row_.text(at_)) && at_ == mention_.first)
            return false;
        // Weak words: finite verbs that are nouns too, standing alone.
        mention_.word = row_.join(at_, best - at_, '_');
        if (place_next == best) {
            mention_.set = place->match.set;
            mention_.set_loose = place->match.loose;
            mention_.set_gravity = place->match.gravity;
            mention_.set_word = place->word;
            mention_.set_is_head = true;
        }
        if (part_next == best) mention_.part = part->part;
        // A mountain is a thing, the mountains are where one goes.
        const bool land = noun_next == best && place_next == best && noun->match.plural &&
                          noun->match.noun->kind == "mountain";
        if (noun_next == best && !land) {
            mention_.noun = noun->match;
            mention_.word = noun->match.singular;
            if (noun->match.plural) mention_.plural = true;
            if (!noun->match.look.role.empty()) mention_.look.role = noun->match.look.role;
            if (mention_.look.sex.empty()) mention_.look.sex = noun->match.look.sex;
            if (mention_.look.age.empty()) mention_.look.age = noun->match.look.age;
            if (mention_.colour.empty()) mention_.colour = noun->match.colour;
            if (mention_.material.empty()) mention_.material = noun->match.material;
        }
        at_ = best;
        if (some_ && mention_.plural && mention_.count == 0) mention_.count = 4;
        if (!read_formation()) extend_compound();
        return true;
    }

    // "a domino spiral", "a cup pyramid", "the domino line with 100 dominoes": the thing is said
    // first, how many of it stand after it.
    bool read_formation() {
        if (!mention_.noun || mention_.plural || !row_.is_word(at_)) return false;
        const Noun& noun = *mention_.noun->noun;
        const auto arrangement = formation_after(noun, row_.text(at_));
        if (!arrangement) return false;
        if (const auto verb = read_verb_form(row_, at_)) {
            // "a block piles up" has a verb there; "a card stack falls" has not.
            const int k = at_ + 1;
            const bool goes_on = row_.is_word(k) && !is_preposition(row_.text(k)) &&
                                 !is_auxiliary(row_.text(k)) && !read_verb_form(row_, k);
            if (!verb->match.is_base || verb->next > k || goes_on) return false;
        }
        mention_.arrangement = *arrangement;
        mention_.plural = true;
        if (mention_.determiner == Determiner::Indefinite) mention_.determiner = Determiner::None;
        ++at_;
        read_formation_count();
        return true;
    }

    void read_formation_count() {
        if (depth_ > 3 || !(row_.is(at_, "of") || row_.is(at_, "with") || row_.is(at_, "from")))
            return;
        NounPhraseReader inner(row_, at_ + 1, depth_ + 1);
        const auto things = inner.run();
        if (!things || !things->noun || things->count < 2) return;
        if (things->noun->noun != mention_.noun->noun) return;
        mention_.count = things->count;
        if (mention_.material.empty()) mention_.material = things->material;
        if (mention_.colour.empty()) mention_.colour = things->colour;
        at_ = things->next;
    }

    // "on ice", "onto the concrete": a material alone is the ground.
    bool read_ground() {
        if (!row_.is_word(at_) || mention_.determiner == Determiner::Indefinite) return false;
        const auto material = find_material(row_.text(at_));
        if (!material || is_function_word(row_.text(at_))) return false;
        mention_.word = row_.text(at_);
        mention_.part = "floor";
        mention_.material = material->material;
        if (material->loose) mention_.material_asked = mention_.word;
        ++at_;
        return true;
    }

    // "tennis ball machine", "soccer player": a further noun becomes the head.
    void extend_compound() {
        for (int guard = 0; guard < 3; ++guard) {
            if (!row_.is_word(at_) || is_function_word(row_.text(at_))) return;
            if (row_.at(at_).kind == TokenKind::Emoji) return;  // a picture is a thing of its own
            const auto noun = longest_noun(row_, at_);
            const auto part = longest_part(row_, at_);
            if (!noun && !part) return;
            if (mention_.plural) return;
            const auto verb = read_verb_form(row_, at_);
            if (verb) {
                if (!verb->match.is_base || verb->next > at_ + 1) return;
                // "a ball drop": a noun here only if a verb follows.
                const int after = noun ? noun->next : part->next;
                const bool verb_after = row_.is_word(after) && (read_verb_form(row_, after) ||
                                                                is_auxiliary(row_.text(after)));
                if (!verb_after) return;
            }
            if (noun && (!part || noun->next >= part->next)) {
                mention_.noun = noun->match;
                mention_.word = noun->match.singular;
                mention_.plural = noun->match.plural;
                mention_.look.role = noun->match.look.role;
                mention_.part = part && part->next == noun->next ? std::string(part->part) : "";
                at_ = noun->next;
            } else {
                mention_.noun.reset();
                mention_.part = part->part;
                at_ = part->next;
            }
            mention_.set_is_head = false;
        }
    }

    bool read_unknown_head() {
        if (!row_.is_word(at_)) return false;
        const std::string& word = row_.text(at_);
        if (word[0] == '\'' || word == "n't") return false;
        const bool opened = at_ > mention_.first;
        if (is_function_word(word)) return false;
        if (!opened && read_verb_form(row_, at_)) return false;
        if (row_.at(at_).capital) {
            if (const auto sex = sex_of_first_name(word)) {
                mention_.noun = match_noun("person");
                mention_.word = mention_.name = word;
                if (mention_.look.sex.empty()) mention_.look.sex = *sex;
                mention_.determiner = Determiner::Definite;  // there is one of that name
                ++at_;
                return true;
            }
        }
        const std::string kinds = parts_of_speech(word);
        const bool name = row_.at(at_).capital && at_ > 0 && !row_.is_punct(at_ - 1, ".");
        if (!opened && !name && !row_.at(at_).capital && kinds.find('n') == std::string::npos)
            return false;
        if (!opened && !kinds.empty() && kinds[0] == 'r') return false;
        // Two-word nouns of WordNet first: "polar explorer".
        for (int count = 2; count >= 1; --count) {
            const std::string phrase = row_.join(at_, count, '_');
            if (phrase.empty()) continue;
            if (count == 2 && is_function_word(row_.text(at_ + 1))) continue;
            if (count == 2 && longest_noun(row_, at_ + 1)) continue;
            const auto climb = climb_noun(phrase, name);
            if (!climb) {
                const auto place = count == 1 ? climb_place(phrase) : std::nullopt;
                if (!place) continue;
                const auto match = match_set(place->found);
                mention_.set = match->set;
                mention_.set_loose = true;
                mention_.set_is_head = true;
                mention_.set_word = phrase;
                mention_.word = phrase;
                mention_.replaced_why = place->why;
                at_ += count;
                return true;
            }
            mention_.noun = match_noun(climb->found);
            mention_.word = phrase;
            mention_.replaced_why = climb->why;
            for (const std::string& singular : singular_candidates(phrase)) {
                if (singular != phrase && !parts_of_speech(singular).empty()) {
                    mention_.plural = true;
                    mention_.word = singular;
                }
            }
            if (mention_.look.role.empty()) mention_.look.role = mention_.noun->look.role;
            if (mention_.look.sex.empty()) mention_.look.sex = mention_.noun->look.sex;
            at_ += count;
            extend_compound();
            return true;
        }
        const bool acts = row_.is_word(at_ + 1) && (read_verb_form(row_, at_ + 1) != nullptr ||
                                                    is_auxiliary(row_.text(at_ + 1)));
        if (row_.at(at_).capital && kinds.empty() && acts && !opened) mention_.name = word;
        mention_.word = word;
        ++at_;
        // "the frobnicator ball": an unknown word before a known noun is only its modifier.
        if (const auto noun = longest_noun(row_, at_); noun && row_.is_word(at_) &&
                                                       !read_verb_form(row_, at_) &&
                                                       !is_function_word(row_.text(at_))) {
            mention_.name.clear();
            return read_known_head();
        }
        return true;
    }

    void read_after_head() {
        for (int guard = 0; guard < 6; ++guard) {
            if (!(read_possessive() || read_made_of() || read_size_after() || read_weight_after() ||
                  read_clothes() || read_name())) {
                return;
            }
        }
    }

    // "the dog's ball": the owner is not cast; the ball is the thing.
    bool read_possessive() {
        if (!row_.is(at_, "'s") && !row_.is(at_, "'")) return false;
        if (depth_ > 3) return false;
        NounPhraseReader inner(row_, at_ + 1, depth_ + 1);
        auto thing = inner.run();
        if (!thing || !(thing->noun || !thing->part.empty())) return false;
        const int first = mention_.first;
        mention_ = std::move(*thing);
        mention_.first = first;
        mention_.determiner = Determiner::Definite;
        at_ = mention_.next;
        return true;
    }

    bool read_made_of() {
        int k = at_;
        if (row_.is(k, "that") || row_.is(k, "which")) ++k;
        if (row_.is(k, "is") || row_.is(k, "are")) ++k;
        bool made = false;
        if (row_.is(k, "made") || row_.is(k, "built") || row_.is(k, "carved") ||
            row_.is(k, "constructed") || row_.is(k, "crafted") || row_.is(k, "sculpted") ||
            row_.is(k, "formed") || row_.is(k, "knitted") || row_.is(k, "molded")) {
            made = true;
            ++k;
        } else if (k != at_) {
            return false;
        }
        if (is_degree(row_.text(k)) || row_.is(k, "entirely")) ++k;
        if (made && row_.is(k, "out")) ++k;
        if (!(row_.is(k, "of") || (made && (row_.is(k, "from") || row_.is(k, "in"))))) return false;
        ++k;
        if (row_.is(k, "solid") || row_.is(k, "pure")) ++k;
        std::string colour;
        int pause = k;
        for (int count = 2; count >= 1 && colour.empty(); --count) {
            if (const auto found = find_colour(row_.join(k, count, '_'))) {
                if (find_material(row_.text(k + count))) {
                    colour = *found;
                    pause = k + count;
                }
            }
        }
        k = pause;
        for (int count = 2; count >= 1; --count) {
            const std::string phrase = row_.join(k, count, '_');
            if (phrase.empty()) continue;
            auto material = find_material(phrase);
            // "made of blocks", "made of bricks": what it consists of, not a substance.
            if (made && !material) {
                const auto noun = match_noun(phrase);
                if (noun && noun->plural && count == 1) break;
            }
            if (!material) continue;
            if (!made && next_is_noun_like(k + count)) return false;
            mention_.material = material->material;
            mention_.material_asked = material->loose ? row_.join(k, count, ' ') : "";
            if (!material->colour.empty()) mention_.colour = material->colour;
            if (!colour.empty()) mention_.colour = colour;
            at_ = k + count;
            return true;
        }
        if (!made) return false;
        if (row_.is_word(k)) {
            if (const auto climb = climb_material(row_.text(k))) {
                mention_.material = find_material(climb->found)->material;
                mention_.material_asked = row_.text(k);
                at_ = k + 1;
                return true;
            }
            if (const auto noun = longest_noun(row_, k)) {
                mention_.material = noun->match.noun->material;
                mention_.material_asked = row_.join(k, noun->next - k, ' ');
                at_ = noun->next;
                return true;
            }
        }
        return false;
    }

    bool read_size_after() {
        int k = at_;
        if (row_.is_punct(k, ",")) ++k;
        const auto measure = read_measure(row_, k);
        if (!measure || measure->quantity != Quantity::Length) return false;
        static const std::set<std::string, std::less<>> words = {"tall",  "long",   "wide",  "big",
                                                                 "thick", "across", "large", "in"};
        if (!row_.is_word(measure->next) || !words.count(row_.text(measure->next))) return false;
        if (row_.is(measure->next, "in") && !row_.is(measure->next + 1, "diameter")) return false;
        mention_.size_m = measure->value;
        at_ = measure->next + (row_.is(measure->next, "in") ? 2 : 1);
        return true;
    }

    bool read_weight_after() {
        int k = at_;
        if (row_.is(k, "weighing") || row_.is(k, "of")) {
            ++k;
        } else if (row_.is(k, "that") && row_.is(k + 1, "weighs")) {
            k += 2;
        } else {
            return false;
        }
        const auto measure = read_measure(row_, k);
        if (!measure) return false;
        if (measure->quantity == Quantity::Mass) {
            mention_.mass_kg = measure->value;
        } else if (measure->quantity == Quantity::Length) {
            mention_.size_m = measure->value;
        } else {
            return false;
        }
        at_ = measure->next;
        if (row_.is(at_, "diameter") || row_.is(at_, "tall") || row_.is(at_, "high")) ++at_;
        return true;
    }

    // "a woman in a red dress", "a man wearing a hat", "a girl with long hair".
    bool read_clothes() {
        if (!mention_.noun || !is_person_like(*mention_.noun->noun)) return false;
        int k = at_;
        const bool wearing =
            row_.is(k, "wearing") || (row_.is(k, "dressed") && row_.is(k + 1, "in"));
        if (row_.is(k, "dressed")) ++k;
        const bool in = row_.is(k, "in"), with = row_.is(k, "with");
        if (!wearing && !in && !with) return false;
        ++k;
        if (in && find_colour(row_.text(k)) && !next_is_noun_like(k + 1)) {
            mention_.look.wearing = *find_colour(row_.text(k)) + " clothes";
            at_ = k + 1;
            return true;
        }
        if (depth_ > 3) return false;
        if (with) return read_hair(k);
        NounPhraseReader inner(row_, k, depth_ + 1);
        const auto worn = inner.run();
        const bool clothing = worn && worn->noun && worn->noun->noun->category == "clothing";
        if (!worn || (!clothing && !clothes_word(worn->next - 1))) {
            return false;
        }
        std::string said = words_between(k, worn->next);
        at_ = worn->next;
        if (row_.is(at_, "and")) {
            NounPhraseReader more(row_, at_ + 1, depth_ + 1);
            const auto second = more.run();
            if (second && clothes_word(second->next - 1)) {
                said += " and " + words_between(at_ + 1, second->next);
                at_ = second->next;
            }
        }
        if (!mention_.look.wearing.empty()) mention_.look.wearing += " and ";
        mention_.look.wearing += said;
        return true;
    }

    bool clothes_word(int i) const {
        static const std::set<std::string, std::less<>> words = {
            "dress",      "suit",    "shirt",    "jeans",  "trousers", "pants",    "skirt",
            "coat",       "jacket",  "hat",      "cap",    "uniform",  "costume",  "shorts",
            "sweater",    "hoodie",  "gown",     "robe",   "kimono",   "tuxedo",   "apron",
            "boots",      "shoes",   "clothes",  "jersey", "cape",     "scarf",    "glasses",
            "sunglasses", "helmet",  "gloves",   "tutu",   "leotard",  "swimsuit", "bikini",
            "pyjamas",    "pajamas", "overalls", "armor",  "armour",   "crown",    "mask",
            "outfit",     "tie",     "vest",     "blouse", "raincoat", "spacesuit"};
        return row_.is_word(i) && words.count(row_.text(i)) > 0;
    }

    bool read_hair(int k) {
        int last = -1;
        for (int i = k; i < k + 5 && row_.is_word(i); ++i) {
            if (row_.is(i, "hair") || row_.is(i, "beard") || row_.is(i, "ponytail") ||
                row_.is(i, "mustache") || row_.is(i, "moustache") || row_.is(i, "braids")) {
                last = i;
                break;
            }
            if (is_preposition(row_.text(i))) break;
        }
        if (last >= 0) {
            mention_.look.hair = words_between(k, row_.is(last, "hair") ? last : last + 1);
            at_ = last + 1;
            return true;
        }
        NounPhraseReader inner(row_, k, depth_ + 1);
        const auto worn = inner.run();
        if (!worn || !clothes_word(worn->next - 1)) return false;
        mention_.look.wearing = words_between(k, worn->next);
        at_ = worn->next;
        return true;
    }

    std::string words_between(int first, int next) const {
        std::string out;
        for (int i = first; i < next; ++i) {
            const std::string& word = row_.text(i);
            if (!row_.is_word(i) || word == "a" || word == "an" || word == "the") continue;
            if (!out.empty() && word[0] != '\'') out += ' ';
            out += word;
        }
        return out;
    }

    bool read_name() {
        if (!(row_.is(at_, "named") || row_.is(at_, "called"))) return false;
        if (!row_.is_word(at_ + 1) || !row_.at(at_ + 1).capital) return false;
        mention_.name = row_.text(at_ + 1);
        at_ += 2;
        return true;
    }

    const Row& row_;
    int at_;
    int depth_;
    bool some_ = false;
    Mention mention_;
};

}  // namespace

std::optional<Mention> read_mention(const Row& row, int i) {
    if (i < 0 || i >= row.size()) return std::nullopt;
    return NounPhraseReader(row, i, 0).run();
}

}  // namespace script
