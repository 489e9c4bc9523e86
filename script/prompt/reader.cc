// The clause reader: one walk over the tokens of a prompt (see clause.h).
//
// Rules in short. A noun phrase waits for a verb (pending_). A verb takes what waits as its
// subject; a noun phrase behind it is its object; a preposition phrase belongs to the verb before
// it, else to the thing before it, else to what comes next. After "and" or a comma a noun phrase
// begins a new clause exactly when a verb follows it. A participle right behind a thing speaks of
// that thing; behind a place it speaks of the subject.
#include <algorithm>
#include <set>
#include <utility>

#include "script/prompt/clause.h"
#include "script/prompt/film_pass.h"
#include "script/prompt/noun_phrase.h"
#include "script/words/function_words.h"
#include "script/words/inflect.h"
#include "script/words/measure.h"
#include "script/words/wordnet.h"

namespace script {
namespace {

using WordSet = std::set<std::string, std::less<>>;

bool is_light_verb(std::string_view word) {
    static const WordSet words = {
        "take",    "takes", "took",  "taking", "make",    "makes",    "made",      "making",
        "do",      "does",  "did",   "doing",  "perform", "performs", "performed", "performing",
        "have",    "has",   "give",  "gives",  "gave",    "attempts", "attempt",   "executes",
        "execute", "tries", "plays", "play",   "playing", "play"};
    return words.count(word) > 0;
}

std::optional<Arrangement> arrangement_word(std::string_view word) {
    static const std::pair<std::string_view, Arrangement> table[] = {
        {"row", Arrangement::Row},        {"line", Arrangement::Row},
        {"circle", Arrangement::Circle},  {"ring", Arrangement::Circle},
        {"spiral", Arrangement::Spiral},  {"stack", Arrangement::Stack},
        {"tower", Arrangement::Tower},    {"pyramid", Arrangement::Pyramid},
        {"grid", Arrangement::Grid},      {"pile", Arrangement::Scattered},
        {"heap", Arrangement::Scattered}, {"triangle", Arrangement::Rack},
        {"rack", Arrangement::Rack},      {"wall", Arrangement::Wall},
        {"curve", Arrangement::Spiral},   {"square", Arrangement::Grid}};
    for (const auto& [name, value] : table) {
        if (name == word) return value;
    }
    return std::nullopt;
}

class ClauseReader {
public:
    explicit ClauseReader(FilmPass pass) : pass_(std::move(pass)), row_(pass_.tokens) {}

    std::vector<Item> run() {
        items_.reserve(32);
        while (at_ < row_.size()) {
            const int before = at_;
            step();
            if (at_ == before) ++at_;
        }
        end_sentence();
        for (Item& item : items_) {
            if (auto* happening = std::get_if<Happening>(&item)) note_begin(*happening);
            if (auto* description = std::get_if<Description>(&item)) note_begin(*description);
        }
        return std::move(items_);
    }

private:
    // ---- the sentence

    void step() {
        const Token& token = row_.at(at_);
        switch (token.kind) {
            case TokenKind::Punct: return read_punctuation();
            case TokenKind::Film: return read_film();
            case TokenKind::Quote: return read_quote();
            case TokenKind::Unknown: ++at_; return;
            default: break;
        }
        if (token.kind == TokenKind::Emoji && token.text.empty()) return void(++at_);
        if (read_marker() || read_lens() || read_duration()) return;
        if (read_list_mark()) return;
        if (read_connective()) return;
        if (read_negation() || read_times() || read_event()) return;
        if (verb_comes_first() && read_verb()) return;
        if (read_preposition() || read_adverb()) return;
        if (read_auxiliary()) return;
        if (read_thing() || read_verb() || read_unknown_verb()) return;
        ++at_;
    }

    void read_punctuation() {
        const std::string& mark = row_.text(at_);
        ++at_;
        if (mark == "." || mark == "!" || mark == "?" || mark == "\n") {
            end_sentence();
            items_.emplace_back(Sentence{row_.at(at_ - 1).end});
        } else if (mark == ";") {
            end_clause();
            joined_ = true;
        } else {
            comma_ = true;
            joined_ = true;
            aux_ = be_ = false;
            adjacent_ = false;
            if (lead_clause_ && current_ >= 0) {
                // "When the cat jumps, the tower falls": what follows comes after.
                then_ = true;
                lead_clause_ = false;
            }
        }
    }

    void end_clause() {
        flush_pending();
        current_ = -1;
        aux_ = be_ = negated_ = relative_ = joined_ = comma_ = adjacent_ = false;
        manner_.clear();
    }

    void end_sentence() {
        end_clause();
        then_ = before_previous_ = lead_clause_ = false;
        said_in_sentence_ = false;
        last_ = Slot::None;
    }

    void flush_pending() {
        if (pending_.empty() && placings_.empty()) return;
        Description description;
        // "a ball that is not there"
        if (negated_ && !pending_.empty()) pending_.back().negated = true;
        description.things = std::move(pending_);
        description.placings = std::move(placings_);
        pending_.clear();
        placings_.clear();
        items_.emplace_back(std::move(description));
    }

    // ---- where in the prompt an item's words begin

    void note_begin(Happening& happening) const {
        int first = happening.token;
        for (const auto* mentions : {&happening.subjects, &happening.objects}) {
            for (const Mention& mention : *mentions) first = std::min(first, mention.first);
        }
        happening.begin = begin_of(happening.placings, first);
    }
    void note_begin(Description& description) const {
        int first = row_.size() - 1;
        for (const Mention& mention : description.things) first = std::min(first, mention.first);
        description.begin = begin_of(description.placings, first);
    }
    size_t begin_of(const std::vector<Placing>& placings, int first) const {
        for (const Placing& placing : placings) {
            if (placing.thing) first = std::min(first, std::max(0, placing.thing->first - 1));
        }
        return first >= 0 && first < row_.size() ? row_.at(first).begin : 0;
    }

    Happening* current() {
        return current_ < 0 ? nullptr
                            : std::get_if<Happening>(&items_[static_cast<size_t>(current_)]);
    }

    // ---- film words, shots, lengths

    void read_film() {
        const FilmWord& word = pass_.words[static_cast<size_t>(row_.at(at_).number)];
        ++at_;
        FilmSetting setting{word, std::nullopt};
        const bool governs =
            (word.kind == FilmWordKind::Framing || word.kind == FilmWordKind::Move) &&
            film_governs();
        if (governs) {
            if (auto thing = read_mention(row_, at_)) {
                setting.subject = *thing;
                items_.emplace_back(std::move(setting));
                if (current_ >= 0) end_clause();
                at_ = thing->next;
                // The camera has met it: what follows speaks of the same one.
                thing->determiner = Determiner::Definite;
                keep_thing(std::move(*thing));
                return;
            }
        }
        items_.emplace_back(std::move(setting));
    }

    // A Film token that was left in place stands at the same spot in the prompt as its neighbours.
    bool film_governs() const {
        if (at_ >= row_.size() || !(row_.is_word(at_) || row_.at(at_).kind == TokenKind::Number)) {
            return false;
        }
        const Token& film = row_.at(at_ - 1);
        return row_.at(at_).begin > film.begin && row_.at(at_).begin - film.end < 6;
    }

    bool read_marker() {
        struct Marker {
            std::string_view words;
            int kind;  // 0 new shot, 1 elsewhere, 2 then
        };
        static constexpr Marker kMarkers[] = {{"smash cut to", 0},
                                              {"match cut to", 0},
                                              {"jump cut to", 0},
                                              {"hard cut to", 0},
                                              {"cut to", 0},
                                              {"cuts to", 0},
                                              {"cut back to", 0},
                                              {"we cut to", 0},
                                              {"fade to", 0},
                                              {"fade in", 0},
                                              {"dissolve to", 0},
                                              {"next shot", 0},
                                              {"in the next shot", 0},
                                              {"in the next scene", 0},
                                              {"next scene", 0},
                                              {"new shot", 0},
                                              {"second shot", 0},
                                              {"third shot", 0},
                                              {"fourth shot", 0},
                                              {"final shot", 0},
                                              {"last shot", 0},
                                              {"new scene", 0},
                                              {"the next shot", 0},
                                              {"first shot", 0},
                                              {"meanwhile", 1},
                                              {"elsewhere", 1},
                                              {"in the meantime", 1},
                                              {"and then", 2},
                                              {"after that", 2},
                                              {"after this", 2},
                                              {"afterwards", 2},
                                              {"then", 2},
                                              {"finally", 2},
                                              {"next", 2},
                                              {"later", 2},
                                              {"moments later", 2},
                                              {"a moment later", 2},
                                              {"seconds later", 2},
                                              {"at last", 2},
                                              {"subsequently", 2},
                                              {"in the end", 2},
                                              {"eventually", 2},
                                              {"suddenly", 2},
                                              {"afterward", 2},
                                              {"soon after", 2},
                                              {"shortly after", 2},
                                              {"a few seconds later", 2},
                                              {"at the end", 2},
                                              {"immediately", 2},
                                              {"soon", 2}};
        for (int count = 4; count >= 1; --count) {
            const std::string key = row_.join(at_, count, ' ');
            if (key.empty()) continue;
            for (const Marker& marker : kMarkers) {
                if (marker.words != key) continue;
                if (key == "next" && (row_.is(at_ + 1, "to") || row_.is(at_ + 1, "door"))) continue;
                const int first = at_;
                at_ += count;
                if (marker.kind == 2) {
                    if (!pending_.empty()) return true;  // "the ball then rolls"
                    then_ = true;
                    joined_ = true;
                } else {
                    end_sentence();
                    skip_colon();
                    new_shot(first, marker.kind == 1);
                }
                if (pending_.empty()) then_ = marker.kind == 2;
                return true;
            }
        }
        // "cut:", "Shot 2:", "Scene 3 -"
        if (row_.is(at_, "cut") && (row_.is_punct(at_ + 1, ":") || row_.is_punct(at_ + 1, "."))) {
            at_ += 2;
            end_sentence();
            new_shot(at_ - 2);
            return true;
        }
        if ((row_.is(at_, "shot") || row_.is(at_, "scene")) && at_ + 1 < row_.size() &&
            row_.at(at_ + 1).kind == TokenKind::Number) {
            const int first = at_;
            at_ += 2;
            end_sentence();
            skip_colon();
            new_shot(first);
            return true;
        }
        return false;
    }

    // Said by the tokens from `first` to here.
    void new_shot(int first, bool elsewhere = false) {
        items_.emplace_back(NewShot{elsewhere, row_.at(first).begin, row_.at(at_ - 1).end});
    }

    void skip_colon() {
        if (row_.is_punct(at_, ":") || row_.is_punct(at_, ",") || row_.is_punct(at_, "--")) ++at_;
    }

    // "1. A ball ...", "2) ..." at the start of a line: shots of a list.
    bool read_list_mark() {
        if (row_.at(at_).kind != TokenKind::Number) return false;
        const bool line_start = at_ == 0 || row_.is_punct(at_ - 1, "\n");
        if (!line_start || !(row_.is_punct(at_ + 1, ".") || row_.is_punct(at_ + 1, ")") ||
                             row_.is_punct(at_ + 1, ":"))) {
            return false;
        }
        at_ += 2;
        end_sentence();
        new_shot(at_ - 2);
        return true;
    }

    bool read_lens() {
        if (row_.at(at_).kind == TokenKind::Number && row_.is(at_ + 1, "mm")) {
            const double mm = row_.at(at_).number;
            const bool lens = row_.is(at_ + 2, "lens") || row_.is(at_ + 2, "f") ||
                              at_ + 2 >= row_.size() || row_.at(at_ + 2).kind == TokenKind::Punct;
            const bool plain = at_ == 0 || !row_.is_word(at_ - 1) || row_.is(at_ - 1, "on") ||
                               row_.is(at_ - 1, "a") || row_.is(at_ - 1, "an") ||
                               row_.is(at_ - 1, "with") || row_.is(at_ - 1, "at");
            if (lens && plain && mm >= 8 && mm <= 1200) {
                at_ += row_.is(at_ + 2, "lens") ? 3 : 2;
                items_.emplace_back(Lens{mm, 0});
                return true;
            }
        }
        if (row_.is(at_, "f") && at_ + 1 < row_.size() &&
            row_.at(at_ + 1).kind == TokenKind::Number) {
            const double stop = row_.at(at_ + 1).number;
            if (stop >= 0.7 && stop <= 64) {
                at_ += 2;
                items_.emplace_back(Lens{0, stop});
                return true;
            }
        }
        return false;
    }

    bool read_duration() {
        int k = at_;
        const bool lasting = row_.is(k, "lasting") || row_.is(k, "lasts") ||
                             row_.is(k, "duration") || row_.is(k, "length");
        if (lasting) ++k;
        if (lasting && (row_.is(k, "of") || row_.is_punct(k, ":"))) ++k;
        const bool for_time = row_.is(k, "for");
        if (for_time) ++k;
        if (for_time && (row_.is(k, "about") || row_.is(k, "exactly"))) ++k;
        if (!lasting && !for_time && (row_.is(k, "a") || row_.is(k, "an"))) ++k;
        const auto measure = read_measure(row_, k);
        if (!measure || measure->quantity != Quantity::Time) return false;
        int next = measure->next;
        const bool is_long = row_.is(next, "long") || row_.is(next, "in");
        static const WordSet film = {"video", "film",  "movie",     "clip",
                                     "shot",  "scene", "animation", "footage"};
        const bool of_film = row_.is_word(next) && film.count(row_.text(next)) > 0;
        const bool lone = (at_ == 0 || row_.at(at_ - 1).kind == TokenKind::Punct ||
                           row_.at(at_ - 1).kind == TokenKind::Film) &&
                          (next >= row_.size() || row_.at(next).kind == TokenKind::Punct);
        if (!lasting && !for_time && !is_long && !of_film && !lone) return false;
        if (measure->value <= 0 || measure->value > 3600) {
            at_ = next;
            return true;
        }
        if (is_long || of_film) ++next;
        if (of_film && row_.is(next, "of")) ++next;
        at_ = next;
        items_.emplace_back(Duration{measure->value, !for_time});
        return true;
    }

    // ---- connectives

    bool read_connective() {
        if (!row_.is_word(at_)) return false;
        const std::string& word = row_.text(at_);
        if (is_conjunction(word)) {
            ++at_;
            joined_ = true;
            adjacent_ = false;
            aux_ = be_ = false;
            return true;
        }
        if (word == "which" || word == "that" || word == "who" || word == "whom") {
            if (word == "that" && read_mention(row_, at_ + 1) && last_ == Slot::None) {
                ++at_;
                return true;
            }
            ++at_;
            if (last_ != Slot::None) relative_ = true;
            return true;
        }
        if (!is_subordinator(word) && word != "whereupon") return false;
        return read_subordinator(word);
    }

    bool read_subordinator(const std::string& word) {
        const bool gerund = gerund_at(at_ + 1);
        const bool clause = gerund || clause_follows(at_ + 1);
        if (word == "as" && !clause) return false;
        if ((word == "after" || word == "before" || word == "until" || word == "since") &&
            !clause) {
            return false;
        }
        if (word == "so" && !row_.is(at_ + 1, "that") && !clause) return false;
        int skip = 1;
        if (word == "so" && row_.is(at_ + 1, "that")) skip = 2;
        if (word == "as" && row_.is(at_ + 1, "soon") && row_.is(at_ + 2, "as")) skip = 3;
        at_ += skip;
        const bool main_said = said_in_sentence_;
        flush_if_no_verb(word);
        current_ = -1;
        joined_ = true;
        if (word == "before" || word == "until" || word == "till" || word == "so" ||
            word == "whereupon" || word == "causing" || word == "making" || word == "letting") {
            then_ = true;
        } else if (word == "when" || word == "after" || word == "once" || word == "because" ||
                   word == "since" || word == "whenever" || word == "if" || skip == 3) {
            if (main_said) before_previous_ = true;
            else lead_clause_ = true;
        }
        return true;
    }

    void flush_if_no_verb(const std::string&) {
        if (!pending_.empty() && !relative_) flush_pending();
    }

    bool gerund_at(int i) const {
        const auto verb = read_verb_form(row_, i);
        return verb && verb->match.is_ing;
    }

    bool clause_follows(int i) const {
        const auto thing = read_mention(row_, i);
        return thing && verb_follows(*thing);
    }

    bool read_negation() {
        if (row_.is(at_, "not") || row_.is(at_, "n't") || row_.is(at_, "never")) {
            negated_ = true;
            ++at_;
            return true;
        }
        if (row_.is(at_, "no") && row_.is(at_ + 1, "longer")) {
            negated_ = true;
            at_ += 2;
            return true;
        }
        if (!row_.is(at_, "without")) return false;
        if (gerund_at(at_ + 1)) {
            negated_ = true;
            joined_ = true;
            ++at_;
            return true;
        }
        if (auto thing = read_mention(row_, at_ + 1)) {
            thing->negated = true;
            at_ = thing->next;
            Description description;
            description.things.push_back(std::move(*thing));
            insert_before_current(std::move(description));
            return true;
        }
        return false;
    }

    // A description in the middle of a clause must not end the clause.
    void insert_before_current(Description description) {
        if (current_ < 0) {
            items_.emplace_back(std::move(description));
            return;
        }
        items_.insert(items_.begin() + current_, std::move(description));
        ++current_;
    }

    bool read_times() {
        int next = at_;
        if (row_.is_word(at_)) {
            if (const auto times = find_times_word(row_.text(at_));
                times && !(row_.is(at_, "once") && clause_follows(at_ + 1))) {
                set_times(*times);
                ++at_;
                return true;
            }
        }
        if (const auto number = row_.number(at_, next);
            number && row_.is(next, "times") && *number >= 1 && *number <= 1000) {
            set_times(static_cast<int>(*number));
            at_ = next + 1;
            return true;
        }
        if (row_.is_word(at_) && row_.is(at_ + 1, "times")) {
            if (const auto count = find_count_word(row_.text(at_))) {
                set_times(*count);
                at_ += 2;
                return true;
            }
        }
        return false;
    }

    void set_times(int times) {
        if (Happening* happening = current()) happening->times = times;
    }

    bool read_adverb() {
        if (!row_.is_word(at_)) return false;
        const std::string& word = row_.text(at_);
        const auto manner = find_manner(word);
        if (manner.empty()) return false;
        // "high speed", "fast car": adjectives are read with their noun.
        if (const auto thing = read_mention(row_, at_); thing && thing->next > at_ + 1)
            return false;
        ++at_;
        Happening* happening = current();
        if (happening && pending_.empty() && !joined_) {
            if (happening->manner.empty()) happening->manner = manner;
        } else {
            manner_ = manner;
        }
        return true;
    }

    bool read_auxiliary() {
        if (!row_.is_word(at_) || !is_auxiliary(row_.text(at_))) return false;
        const std::string& word = row_.text(at_);
        static const WordSet be = {"is",   "are", "was",     "were", "be", "been", "being",
                                   "gets", "get", "getting", "got",  "'s", "'re",  "am"};
        if (word == "'s" && pending_.empty()) return false;
        if (be.count(word)) be_ = true;
        aux_ = true;
        ++at_;
        return true;
    }

    // ---- events ("a billiard break")

    bool read_event() {
        int k = at_;
        for (int guard = 0; guard < 4 && row_.is_word(k); ++guard) {
            for (int count = std::min(longest_event_words(row_.text(k)), 6); count >= 1; --count) {
                const std::string key = row_.join(k, count, ' ');
                if (key.empty()) continue;
                const Event* event = find_event(key);
                if (event == nullptr) continue;
                take_event(*event, k + count);
                return true;
            }
            const bool lead =
                is_determiner(row_.text(k)) || is_light_verb(row_.text(k)) || find_size_word_at(k);
            if (!lead) return false;
            ++k;
        }
        return false;
    }

    bool find_size_word_at(int k) const {
        static const WordSet words = {"big",     "huge",  "small",    "slow", "fast",
                                      "perfect", "great", "dramatic", "quick"};
        return words.count(row_.text(k)) > 0;
    }

    void take_event(const Event& event, int next) {
        Happening* happening = current();
        if (happening && happening->verb && happening->verb->action->name == "shoot" &&
            happening->objects.empty()) {
            happening->event = &event;  // "misses a free throw"
            at_ = next;
            return;
        }
        Happening fresh;
        fresh.event = &event;
        fresh.token = at_;
        begin_happening(std::move(fresh), next);
    }

    // ---- verbs

    // Does the word at the cursor stand where a verb is expected?
    bool verb_comes_first() {
        if (!row_.is_word(at_)) return false;
        const auto verb = read_verb_form(row_, at_);
        if (!verb) return is_light_verb(row_.text(at_)) && light_verb_at(at_).has_value();
        if (light_verb_at(at_)) return true;
        const VerbMatch& match = verb->match;
        const bool function = is_function_word(row_.text(at_)) && verb->next == at_ + 1;
        if (function) return false;
        if (aux_ || relative_ || row_.is(at_ - 1, "to")) return true;
        if (!pending_.empty()) {
            if (match.is_third || match.is_past || match.is_ing || match.is_participle) return true;
            return pending_.size() > 1 || pending_.back().plural || pending_.back().count > 1 ||
                   !joined_;
        }
        if (adjacent_ && (match.is_ing || (match.is_participle && passive_tail(verb->next))))
            return true;
        const auto thing = read_mention(row_, at_);
        if (current_ >= 0 && joined_) {
            if (match.is_ing) return !(thing && verb_follows(*thing));
            if (thing && thing->noun && verb_follows(*thing)) return false;
            const Happening* happening = current();
            const bool plural = !happening->subjects.empty() && happening->subjects[0].plural;
            const bool base_fits =
                match.is_base &&
                (plural || happening->imperative || (happening->verb && happening->verb->is_base) ||
                 happening->subjects.size() > 1);
            return match.is_third || match.is_past || base_fits ||
                   (match.is_participle && passive_tail(verb->next));
        }
        if (current_ < 0) {
            // The beginning of a sentence: an order ("Drop a ball"), or a bare verb.
            const bool noun_too = thing && (thing->noun || !thing->part.empty());
            if (match.is_base && !(noun_too && verb_follows(*thing))) {
                return starts_object(verb->next) || !noun_too;
            }
            if (match.is_ing) return starts_object(verb->next) || !noun_too;
            return !noun_too;
        }
        return false;
    }

    bool starts_object(int i) const {
        if (i >= row_.size()) return false;
        if (row_.at(i).kind == TokenKind::Number) return true;
        if (!row_.is_word(i)) return false;
        const std::string& word = row_.text(i);
        return is_determiner(word) || is_pronoun(word) || is_preposition(word) ||
               read_mention(row_, i).has_value();
    }

    // After a participle: "by ...", a preposition or the end, but no object.
    bool passive_tail(int i) const {
        if (i >= row_.size() || !row_.is_word(i)) return true;
        return is_preposition(row_.text(i)) || is_conjunction(row_.text(i)) ||
               !find_manner(row_.text(i)).empty();
    }

    // "takes a shot", "does a backflip": the noun is the verb.
    std::optional<VerbAt> light_verb_at(int i) const {
        if (!row_.is_word(i) || !is_light_verb(row_.text(i))) return std::nullopt;
        int k = i + 1;
        if (!row_.is_word(k) || !is_determiner(row_.text(k))) {
            if (!(row_.is(i, "playing") || row_.is(i, "plays") || row_.is(i, "play")))
                return std::nullopt;
            return std::nullopt;
        }
        ++k;
        for (int guard = 0; guard < 3 && row_.is_word(k); ++guard, ++k) {
            const auto verb = read_verb_form(row_, k);
            if (verb && verb->match.is_base && !verb->match.loose) {
                const bool ends =
                    !row_.is_word(verb->next) || is_function_word(row_.text(verb->next));
                const auto thing = read_mention(row_, k);
                const bool is_thing = thing && thing->noun && thing->noun->noun->kind != "swing" &&
                                      thing->noun->noun->kind != "slide";
                if (ends && !is_thing) return VerbAt{verb->match, verb->next};
            }
            const auto kinds = parts_of_speech(row_.text(k));
            if (kinds.find('a') == std::string::npos) return std::nullopt;
        }
        return std::nullopt;
    }

    bool read_verb() {
        auto verb = light_verb_at(at_);
        const bool light = verb.has_value();
        if (!verb) {
            if (const VerbAt* found = read_verb_form(row_, at_)) verb = *found;
        }
        if (!verb) return false;
        if (!light && is_function_word(row_.text(at_)) && verb->next == at_ + 1) return false;
        if (verb->match.base == "stop" && gerund_at(verb->next)) {
            verb->next = read_verb_form(row_, verb->next)->next;  // "stops rolling"
        }
        // "falls off a shelf": the particle leads a phrase of its own.
        if (!light && verb->next > at_ + 1 && leads_phrase(row_.text(verb->next - 1)) &&
            starts_thing(verb->next)) {
            --verb->next;
        }
        Happening happening;
        happening.verb = verb->match;
        happening.token = at_;
        if (light) happening.verb->is_third = true;
        begin_happening(std::move(happening), verb->next);
        return true;
    }

    static bool leads_phrase(std::string_view word) {
        return word == "off" || word == "on" || word == "onto" || word == "into" ||
               word == "from" || word == "through" || word == "at" || word == "around" ||
               word == "to" || word == "against";
    }

    bool read_unknown_verb() {
        if (!row_.is_word(at_) || is_function_word(row_.text(at_))) return false;
        if (pending_.empty() && !aux_ && !relative_ && !(joined_ && current_ >= 0)) return false;
        const auto verb = unknown_verb(row_.text(at_));
        if (!verb) return false;
        if (verb->ending.empty() && !aux_ && pending_.empty()) return false;
        Happening happening;
        happening.token = at_;
        happening.verb_asked = row_.text(at_);
        if (const auto climb = climb_verb(row_.text(at_))) {
            happening.verb = match_verb(climb->found);
            happening.verb_why = climb->why;
            if (happening.verb) {
                happening.verb->is_base = verb->ending.empty();
                happening.verb->is_third = verb->ending == "s";
                happening.verb->is_past = happening.verb->is_participle = verb->ending == "ed";
                happening.verb->is_ing = verb->ending == "ing";
            }
        }
        begin_happening(std::move(happening), at_ + 1);
        return true;
    }

    void begin_happening(Happening happening, int next) {
        const int verb_at = at_;
        const bool sentence_start = !said_in_sentence_ && pending_.empty();
        happening.negated = negated_;
        happening.then = then_;
        happening.before_previous = before_previous_;
        happening.manner = manner_;
        const bool participle = happening.verb && happening.verb->is_participle &&
                                !happening.verb->is_third && !happening.verb->is_base;
        const bool hybrid = happening.verb && happening.verb->is_participle;
        if (relative_ || (adjacent_ && pending_.empty() && happening.verb &&
                          (happening.verb->is_ing || participle) && !joined_)) {
            happening.relative = relative_;
            const bool of_place = !relative_ && last_mention_ && !last_mention_->noun;
            if (of_place || !last_mention_) {
                happening.same_subject = true;
            } else {
                happening.subjects.push_back(*last_mention_);
                // The same thing once more, whatever its article was.
                if (pending_.empty() || pending_.back().first != last_mention_->first) {
                    happening.subjects.back().determiner = Determiner::Definite;
                    happening.subjects.back().count = 0;
                    happening.subjects.back().on.clear();
                }
                if (!pending_.empty() && pending_.back().first == last_mention_->first)
                    pending_.clear();
            }
        } else if (!pending_.empty()) {
            happening.subjects = std::move(pending_);
        } else if (sentence_start) {
            happening.imperative = happening.verb && happening.verb->is_base;
            happening.same_subject = false;
        } else {
            happening.same_subject = true;
        }
        if (!relative_) pending_.clear();
        happening.placings = std::move(placings_);
        placings_.clear();
        const bool by = row_.is(next, "by");
        const bool no_object = passive_tail(next);
        const bool takes_object =
            happening.verb && happening.verb->action->object != ObjectUse::None;
        const bool acted_on =
            happening.verb && (happening.verb->action->object == ObjectUse::Needed ||
                               happening.verb->action->animate);
        happening.passive =
            (be_ && hybrid && !happening.verb->is_ing) || (participle && by) ||
            (participle && no_object && takes_object && acted_on && !happening.same_subject);
        if (happening.passive) std::swap(happening.subjects, happening.objects);
        aux_ = be_ = negated_ = then_ = before_previous_ = relative_ = joined_ = comma_ = false;
        adjacent_ = false;
        manner_.clear();
        said_in_sentence_ = true;
        last_ = Slot::None;
        items_.emplace_back(std::move(happening));
        current_ = static_cast<int>(items_.size()) - 1;
        at_ = std::max(next, verb_at + 1);
    }

    // ---- things

    // Is there a verb for which this noun phrase is the subject?
    bool verb_follows(const Mention& thing) const {
        int k = thing.next;
        for (int guard = 0; guard < 12; ++guard) {
            if (k >= row_.size()) return false;
            if (row_.at(k).kind == TokenKind::Film) {
                ++k;
                continue;
            }
            if (!row_.is_word(k)) return false;
            const std::string& word = row_.text(k);
            if (word == "who" || word == "which" || word == "that") return true;
            if (!find_manner(word).empty() || word == "then" || word == "also" ||
                word == "suddenly") {
                ++k;
                continue;
            }
            if (is_auxiliary(word) && word != "about") return true;
            if (word == "and" || word == "or") {
                const auto more = read_mention(row_, k + 1);
                if (!more) return false;
                k = more->next;
                continue;
            }
            const auto verb = read_verb_form(row_, k);
            if (verb && !(is_preposition(word) && verb->next == k + 1)) {
                return !(verb->match.is_ing && k > thing.next + 6);
            }
            if (is_preposition(word)) {
                const auto more = read_mention(row_, k + 1);
                if (!more) return false;
                k = more->next;
                continue;
            }
            if (!is_function_word(word) && unknown_verb(word) &&
                !unknown_verb(word)->ending.empty()) {
                return true;
            }
            return false;
        }
        return false;
    }

    enum class Slot { None, Pending, Object, Placing };

    bool read_thing() {
        Happening* happening = current();
        // "falls three metres": how far, no thing.
        if (happening && pending_.empty()) {
            if (const auto measure = read_measure(row_, at_);
                measure && !next_starts_noun(measure->next)) {
                take_measure(*happening, *measure, "");
                at_ = measure->next;
                skip_dimension();
                return true;
            }
        }
        auto thing = read_mention(row_, at_);
        if (!thing) return false;
        at_ = thing->next;
        if (happening && pending_.empty() && !joined_ && happening->objects.empty() &&
            happening->placings.empty() && !happening->passive &&
            !(happening->event != nullptr && !happening->verb)) {
            take_object(*happening, std::move(*thing));
            return true;
        }
        if (happening && joined_ && pending_.empty() && !verb_follows(*thing)) {
            coordinate(*happening, std::move(*thing));
            joined_ = false;
            return true;
        }
        if (happening && !joined_ && pending_.empty() && happening->objects.empty() &&
            !happening->passive && thing->means_something() && !verb_follows(*thing) &&
            happening->verb && happening->verb->action->object != ObjectUse::None) {
            take_object(*happening, std::move(*thing));
            return true;
        }
        if (happening) current_ = -1;
        if (!joined_ && !pending_.empty()) flush_pending();
        keep_thing(std::move(*thing));
        return true;
    }

    bool next_starts_noun(int i) const {
        if (!row_.is_word(i)) return false;
        const std::string& word = row_.text(i);
        if (is_function_word(word) || word == "high" || word == "tall" || word == "above")
            return false;
        return read_mention(row_, i).has_value();
    }

    void keep_thing(Mention thing) {
        last_mention_ = thing;
        last_ = Slot::Pending;
        adjacent_ = true;
        pending_.push_back(std::move(thing));
        joined_ = false;
    }

    void take_object(Happening& happening, Mention thing) {
        last_mention_ = thing;
        last_ = Slot::Object;
        adjacent_ = true;
        happening.objects.push_back(std::move(thing));
        // "knocks the vase over", "blows the candle out"
        if (happening.verb && row_.is_word(at_) && is_preposition(row_.text(at_)) &&
            !starts_thing(at_ + 1)) {
            if (auto phrasal = match_phrasal(*happening.verb, row_.text(at_))) {
                happening.verb = std::move(*phrasal);
                ++at_;
            }
        }
    }

    bool starts_thing(int i) const {
        return i < row_.size() && (row_.is_word(i) || row_.at(i).kind == TokenKind::Number) &&
               read_mention(row_, i).has_value() && !(row_.is_word(i) && read_verb_form(row_, i));
    }

    void coordinate(Happening& happening, Mention thing) {
        last_mention_ = thing;
        adjacent_ = true;
        if (last_ == Slot::Placing && !happening.placings.empty()) {
            happening.placings.push_back({happening.placings.back().preposition, std::move(thing)});
        } else if (!happening.objects.empty()) {
            happening.objects.push_back(std::move(thing));
        } else {
            Description description;
            description.things.push_back(std::move(thing));
            items_.emplace_back(std::move(description));
        }
    }

    // ---- preposition phrases

    bool read_preposition() {
        if (!row_.is_word(at_)) return false;
        std::string preposition;
        int k = preposition_at(at_, preposition);
        if (k == at_) return false;
        if (preposition == "to") {
            const auto verb = read_verb_form(row_, k);
            if (verb && verb->match.is_base && !row_.is(k, "the")) {
                ++at_;
                aux_ = true;  // an infinitive: the verb comes
                if (current_ >= 0) joined_ = true;
                return true;
            }
        }
        if (gerund_at(k) &&
            (preposition == "by" || preposition == "before" || preposition == "after" ||
             preposition == "while" || preposition == "of" || preposition == "for")) {
            joined_ = true;
            at_ = k;
            return true;
        }
        if (read_measured(preposition, k) || read_speed_words(preposition, k) ||
            read_formation(preposition, k)) {
            return true;
        }
        k = skip_side_words(k);
        auto thing = read_mention(row_, k);
        if (!thing) return read_particle(preposition, k);
        at_ = thing->next;
        place_thing(preposition, std::move(*thing));
        return true;
    }

    // Longer prepositions become the short one that means the same path.
    int preposition_at(int i, std::string& preposition) const {
        struct Long {
            std::string_view words, means;
        };
        static constexpr Long kLong[] = {{"on top of", "on"},
                                         {"in front of", "before"},
                                         {"out of", "out of"},
                                         {"off of", "off"},
                                         {"on to", "onto"},
                                         {"in to", "into"},
                                         {"next to", "beside"},
                                         {"away from", "from"},
                                         {"up to", "to"},
                                         {"back to", "to"},
                                         {"over to", "to"},
                                         {"close to", "beside"},
                                         {"in the middle of", "in"},
                                         {"in the center of", "in"},
                                         {"in the centre of", "in"},
                                         {"at the bottom of", "on"},
                                         {"to the top of", "onto"},
                                         {"at the top of", "on"},
                                         {"from the top of", "down"},
                                         {"along with", "with"},
                                         {"down from", "from"},
                                         {"up from", "from"},
                                         {"down into", "into"},
                                         {"down onto", "onto"},
                                         {"up onto", "onto"},
                                         {"up into", "into"},
                                         {"down the", ""},
                                         {"in between", "between"},
                                         {"from above", "from"},
                                         {"out from", "from"},
                                         {"back into", "into"},
                                         {"back onto", "onto"},
                                         {"right into", "into"},
                                         {"from off", "off"},
                                         {"straight into", "into"},
                                         {"straight at", "at"},
                                         {"straight down", "down"},
                                         {"up and down", "up and down"},
                                         {"back and forth", "back and forth"},
                                         {"to and fro", "back and forth"},
                                         {"side to side", "back and forth"},
                                         {"from side to side", "back and forth"},
                                         {"round and round", "around"},
                                         {"all over", "over"},
                                         {"all around", "around"}};
        for (int count = 4; count >= 2; --count) {
            const std::string key = row_.join(i, count, ' ');
            if (key.empty()) continue;
            for (const Long& row : kLong) {
                if (row.words == key && !row.means.empty()) {
                    preposition = row.means;
                    return i + count;
                }
            }
        }
        const std::string& word = row_.text(i);
        if (!is_preposition(word) || word == "than" || word == "as") return i;
        preposition = word == "towards"                           ? "toward"
                      : word == "upon"                            ? "on"
                      : word == "round"                           ? "around"
                      : word == "underneath" || word == "beneath" ? "under"
                      : word == "near" || word == "alongside"     ? "beside"
                      : word == "atop"                            ? "on"
                      : word == "inside"                          ? "in"
                      : word == "within"                          ? "in"
                                                                  : word;
        return i + 1;
    }

    int skip_side_words(int k) const {
        static const WordSet words = {"top",    "bottom",   "edge",   "side",    "end",  "middle",
                                      "center", "centre",   "corner", "surface", "back", "front",
                                      "foot",   "rim_side", "tip",    "brink"};
        int i = k;
        if (row_.is_word(i) && is_determiner(row_.text(i))) ++i;
        if (row_.is_word(i) && words.count(row_.text(i)) && row_.is(i + 1, "of")) return i + 2;
        return k;
    }

    bool read_measured(const std::string& preposition, int k) {
        Happening* happening = current();
        int i = k;
        if (row_.is_word(i) && is_determiner(row_.text(i))) ++i;
        if (find_manner(row_.text(i)) != "" && row_.is_word(i + 1)) ++i;
        const std::string& noun = row_.text(i);
        const bool named =
            row_.is_word(i) &&
            (noun == "height" || noun == "speed" || noun == "distance" || noun == "angle" ||
             noun == "altitude" || noun == "rate" || noun == "velocity");
        if (named && row_.is(i + 1, "of")) {
            const auto measure = read_measure(row_, i + 2);
            if (!measure) return false;
            at_ = measure->next;
            if (happening)
                take_measure(*happening, *measure, noun == "distance" ? "for" : preposition);
            return true;
        }
        // "from a 2 metre height"
        if (const auto measure = read_measure(row_, row_.is(k, "a") ? k + 1 : k)) {
            const bool of_height =
                row_.is(measure->next, "height") || row_.is(measure->next, "drop") ||
                row_.is(measure->next, "distance") || row_.is(measure->next, "angle") ||
                row_.is(measure->next, "altitude");
            if (of_height || !next_starts_noun(measure->next)) {
                if (measure->quantity == Quantity::Mass) return false;
                at_ = measure->next + (of_height ? 1 : 0);
                skip_dimension();
                if (measure->quantity == Quantity::Time) {
                    if (happening && preposition == "for") happening->seconds = measure->value;
                    return true;
                }
                if (happening) take_measure(*happening, *measure, preposition);
                else if (!pending_.empty() && measure->quantity == Quantity::Length) {
                    pending_.back().size_m = pending_.back().size_m.value_or(measure->value);
                }
                return true;
            }
        }
        return false;
    }

    void skip_dimension() {
        static const WordSet words = {"high", "up",   "tall", "away",  "above",
                                      "far",  "down", "long", "apart", "deep"};
        if (row_.is_word(at_) && words.count(row_.text(at_)) && !starts_thing(at_ + 1)) ++at_;
    }

    void take_measure(Happening& happening, const Measure& measure, std::string_view preposition) {
        switch (measure.quantity) {
            case Quantity::Length:
                if (preposition == "from" || preposition == "at" || preposition == "above") {
                    happening.height_m = measure.value;
                } else if (happening.verb && preposition.empty() &&
                           (happening.verb->action->name == "fall" ||
                            happening.verb->action->name == "drop" ||
                            happening.verb->action->name == "jump" ||
                            happening.verb->action->name == "rise")) {
                    happening.height_m = measure.value;
                } else {
                    happening.distance_m = measure.value;
                }
                break;
            case Quantity::Speed: happening.speed_mps = measure.value; break;
            case Quantity::Angle: happening.angle_deg = measure.value; break;
            case Quantity::Time: happening.seconds = measure.value; break;
            default: break;
        }
    }

    bool read_speed_words(const std::string& preposition, int k) {
        if (preposition != "at" && preposition != "with" && preposition != "in") return false;
        int i = k;
        if (row_.is_word(i) && is_determiner(row_.text(i))) ++i;
        struct Speed {
            std::string_view word, manner;
        };
        static constexpr Speed kSpeeds[] = {
            {"high", "fast"},      {"full", "fast"},       {"top", "fast"},
            {"great", "fast"},     {"low", "slowly"},      {"slow", "slowly"},
            {"walking", "slowly"}, {"breakneck", "fast"},  {"lightning", "fast"},
            {"maximum", "fast"},   {"incredible", "fast"}, {"fast", "fast"}};
        for (const Speed& speed : kSpeeds) {
            if (row_.is(i, speed.word) &&
                (row_.is(i + 1, "speed") || row_.is(i + 1, "pace") || row_.is(i + 1, "velocity"))) {
                at_ = i + 2;
                if (Happening* happening = current()) happening->manner = speed.manner;
                else manner_ = speed.manner;
                return true;
            }
        }
        if (row_.is(i, "force") || (row_.is(i, "great") && row_.is(i + 1, "force"))) {
            at_ = i + (row_.is(i, "force") ? 1 : 2);
            if (Happening* happening = current()) happening->manner = "hard";
            return true;
        }
        return false;
    }

    // "in a row", "in a big spiral": how the things stand.
    bool read_formation(const std::string& preposition, int k) {
        if (preposition != "in" && preposition != "into") return false;
        int i = k;
        if (row_.is_word(i) && is_determiner(row_.text(i))) ++i;
        if (find_size_or_shape(i)) ++i;
        if (!row_.is_word(i) || row_.is(i + 1, "of")) return false;
        auto formation = arrangement_word(row_.text(i));
        if (!formation) {
            for (const std::string& singular : singular_candidates(row_.text(i))) {
                if (!formation) formation = arrangement_word(singular);
            }
        }
        if (!formation) return false;
        at_ = i + 1;
        if (Mention* thing = formed_thing()) thing->arrangement = *formation;
        return true;
    }

    bool find_size_or_shape(int i) const {
        static const WordSet words = {"big",     "long",   "small", "large", "tight", "straight",
                                      "perfect", "single", "huge",  "giant", "neat",  "wide"};
        return row_.is_word(i) && words.count(row_.text(i)) > 0;
    }

    Mention* formed_thing() {
        Happening* happening = current();
        if (happening && !happening->objects.empty()) return &happening->objects.back();
        if (happening && !happening->subjects.empty()) return &happening->subjects.back();
        if (!pending_.empty()) return &pending_.back();
        return nullptr;
    }

    // A preposition with nothing behind it: "falls down", "rolls away".
    bool read_particle(const std::string& preposition, int next) {
        Happening* happening = current();
        at_ = next;
        if (!happening || preposition == "of" || preposition == "with" || preposition == "for" ||
            preposition == "at" || preposition == "to" || preposition == "by") {
            return true;
        }
        if (happening->verb) {
            if (auto phrasal = match_phrasal(*happening->verb, preposition);
                phrasal && happening->placings.empty()) {
                happening->verb = std::move(*phrasal);
                return true;
            }
        }
        happening->placings.push_back({preposition, std::nullopt});
        return true;
    }

    void place_thing(const std::string& preposition, Mention thing) {
        Happening* happening = current();
        last_mention_ = thing;
        adjacent_ = true;
        if (happening && pending_.empty()) {
            last_ = Slot::Placing;
            joined_ = false;
            if (preposition == "by" && happening->passive && happening->subjects.empty()) {
                happening->subjects.push_back(std::move(thing));
                last_ = Slot::None;
                return;
            }
            if (preposition == "with" && !thing.negated) {
                happening->instrument = std::move(thing);
                return;
            }
            if (preposition == "of") {
                // "gets rid of the ball", "consists of": what it is about.
                if (happening->objects.empty()) happening->objects.push_back(std::move(thing));
                return;
            }
            happening->placings.push_back({preposition, std::move(thing)});
            return;
        }
        if (!pending_.empty()) {
            Mention& owner = pending_.back();
            if (preposition == "of") {
                // "a herd of ...", "a bowl of soup": what it holds is no body of its own.
                last_mention_ = owner;
                return;
            }
            if (preposition == "with" || owner.on.empty()) {
                owner.on_preposition = preposition;
                owner.on.assign(1, std::move(thing));
                last_mention_ = owner;
                last_mention_->on.clear();
                return;
            }
        }
        placings_.push_back({preposition, std::move(thing)});
    }

    // ---- speech

    void read_quote() {
        Speech speech;
        speech.text = row_.text(at_);
        ++at_;
        while (row_.is_punct(at_, ",")) ++at_;
        // "Hello", says the chef. / "Hello," the chef says.
        const auto verb = read_verb_form(row_, at_);
        if (verb && verb->match.action->name == "speak") {
            if (auto speaker = read_mention(row_, verb->next)) {
                speech.speaker = std::move(*speaker);
                speech.manner = speaking_manner(verb->match.base);
                at_ = speech.speaker->next;
                push_speech(std::move(speech));
                return;
            }
        }
        if (auto speaker = read_mention(row_, at_); speaker && !row_.is_punct(at_, ".")) {
            const auto after = read_verb_form(row_, speaker->next);
            if (after && after->match.action->name == "speak" && !quote_behind(after->next)) {
                speech.speaker = std::move(*speaker);
                speech.manner = speaking_manner(after->match.base);
                at_ = after->next;
                push_speech(std::move(speech));
                return;
            }
        }
        if (Happening* happening = current()) {
            speech.same_speaker = true;
            if (happening->verb) speech.manner = speaking_manner(happening->verb->base);
        } else if (!pending_.empty()) {
            speech.speaker = pending_.back();
        }
        push_speech(std::move(speech));
    }

    bool quote_behind(int i) const {
        for (int k = i; k < i + 4 && k < row_.size(); ++k) {
            if (row_.at(k).kind == TokenKind::Quote) return true;
        }
        return false;
    }

    void push_speech(Speech speech) { items_.emplace_back(std::move(speech)); }

    static std::string speaking_manner(const std::string& base) {
        static const std::pair<std::string_view, std::string_view> table[] = {
            {"whisper", "whispering"}, {"shout", "shouting"},  {"yell", "shouting"},
            {"scream", "screaming"},   {"cry_out", "crying"},  {"mutter", "muttering"},
            {"murmur", "murmuring"},   {"mumble", "mumbling"}, {"exclaim", "excited"},
            {"call_out", "calling"},   {"growl", "growling"},  {"sigh", "sighing"},
            {"ask", "asking"},         {"cry", "crying"},      {"laugh", "laughing"}};
        for (const auto& [verb, manner] : table) {
            if (verb == base) return std::string(manner);
        }
        return {};
    }

    FilmPass pass_;
    Row row_;
    int at_ = 0;
    std::vector<Item> items_;
    std::vector<Mention> pending_;
    std::vector<Placing> placings_;  // before any verb: "In a kitchen, ..."
    std::optional<Mention> last_mention_;
    Slot last_ = Slot::None;
    int current_ = -1;  // index of the open happening in items_
    bool aux_ = false, be_ = false, negated_ = false, relative_ = false;
    bool joined_ = false;  // "and" or a comma stands before
    bool comma_ = false;
    bool adjacent_ = false;  // a noun phrase ended right here
    bool then_ = false, before_previous_ = false, lead_clause_ = false;
    bool said_in_sentence_ = false;
    std::string manner_;
};

}  // namespace

std::vector<Item> read_clauses(const std::vector<Token>& tokens) {
    return ClauseReader(take_film_words(tokens)).run();
}

}  // namespace script
