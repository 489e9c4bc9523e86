#include "script/prompt/film_pass.h"

#include <algorithm>
#include <optional>

#include "script/prompt/noun_phrase.h"
#include "script/words/function_words.h"

namespace script {
namespace {

struct Found {
    FilmWord word;
    int first = 0, next = 0;  // tokens of the phrase, with its preposition and article
    bool governs = false;     // a thing follows that it speaks of
};

class Pass {
public:
    explicit Pass(const std::vector<Token>& tokens) : row_(tokens) {}

    FilmPass run() {
        FilmPass out;
        size_t segment = 0;  // where in out.tokens the present comma segment begins
        for (int i = 0; i < row_.size();) {
            const auto found = phrase_at(i);
            if (!found) {
                const Token& token = row_.at(i);
                out.tokens.push_back(token);
                const bool barrier =
                    token.kind == TokenKind::Punct || token.kind == TokenKind::Quote ||
                    (row_.is(i, "to") && row_.is(i - 1, "cut")) || row_.is(i, "then");
                if (barrier) segment = out.tokens.size();
                ++i;
                continue;
            }
            drop_lead_in(out.tokens, segment, *found);
            Token film;
            film.kind = TokenKind::Film;
            film.number = static_cast<double>(out.words.size());
            film.begin = row_.at(i).begin;
            film.end = row_.at(found->next - 1).end;
            out.words.push_back(found->word);
            if (found->word.kind != FilmWordKind::Filler || found->governs) {
                if (found->governs) {
                    out.tokens.push_back(film);
                } else {
                    out.tokens.insert(out.tokens.begin() + static_cast<std::ptrdiff_t>(segment),
                                      film);
                }
            }
            i = found->next;
        }
        return out;
    }

private:
    bool boundary(int i) const {
        return i >= row_.size() || i < 0 || row_.at(i).kind == TokenKind::Punct ||
               row_.at(i).kind == TokenKind::Quote || row_.is(i, "and") || row_.is(i, "but");
    }

    std::optional<Found> phrase_at(int i) const {
        if (!row_.is_word(i) && row_.at(i).kind != TokenKind::Number) return std::nullopt;
        if (const auto camera = camera_clause(i)) return camera;
        for (int count = std::min(longest_film_words(row_.text(i)), 7); count >= 1; --count) {
            const std::string key = row_.join(i, count, ' ');
            if (key.empty()) continue;
            const auto word = match_film_words(key);
            if (!word) continue;
            if (word->kind == FilmWordKind::Filler && count == 1) continue;
            if (word->alone && !stands_alone(i, i + count)) continue;
            if (is_part_of_thing(i, i + count)) continue;
            Found found{*word, i, i + count, false};
            find_governed(found);
            return found;
        }
        return std::nullopt;
    }

    // "the camera slowly pans left": adverbs between the parts are passed over.
    std::optional<Found> camera_clause(int i) const {
        if (!row_.is(i, "camera")) return std::nullopt;
        std::string key = "camera";
        std::optional<Found> best;
        int k = i + 1, words = 0;
        while (row_.is_word(k) && words < 4) {
            if (!find_manner(row_.text(k)).empty() || row_.is(k, "then") || row_.is(k, "is")) {
                ++k;
                continue;
            }
            key += " " + std::string(infinitive_s(row_.text(k)));
            ++k;
            ++words;
            if (const auto word = match_film_words(key)) best = Found{*word, i, k, false};
        }
        if (!best) return std::nullopt;
        find_governed(*best);
        if (!best->governs && (best->word.kind == FilmWordKind::Move)) {
            // "the camera follows the dog": the thing stands right behind.
            const bool thing = row_.is_word(best->next) && read_mention(row_, best->next);
            best->governs = thing;
        }
        return best;
    }

    // "panning" -> "pans", so that the table needs one form of each camera verb.
    static std::string_view infinitive_s(std::string_view word) {
        static const std::pair<std::string_view, std::string_view> forms[] = {
            {"panning", "pans"},     {"pan", "pans"},        {"following", "follows"},
            {"follow", "follows"},   {"tracking", "tracks"}, {"zooming", "zooms"},
            {"zoom", "zooms"},       {"orbiting", "orbits"}, {"circling", "circles"},
            {"tilting", "tilts"},    {"rising", "rises"},    {"moving", "moves"},
            {"pushing", "pushes"},   {"pulling", "pulls"},   {"descending", "descends"},
            {"dollying", "dollies"}, {"dolly", "dollies"},   {"craning", "cranes"},
            {"gliding", "glides"},   {"creeping", "creeps"}, {"approaching", "approaches"}};
        for (const auto& [from, to] : forms) {
            if (from == word) return to;
        }
        return word;
    }

    void find_governed(Found& found) const {
        const bool looks =
            found.word.kind == FilmWordKind::Framing || found.word.kind == FilmWordKind::Move;
        if (!looks) return;
        const int k = found.next;
        const bool joint = row_.is(k, "of") || row_.is(k, "on") || row_.is(k, "around") ||
                           row_.is(k, "toward") || row_.is(k, "towards") || row_.is(k, "to") ||
                           row_.is(k, "at");
        if (joint && read_mention(row_, k + 1)) {
            found.next = k + 1;
            found.governs = true;
        }
    }

    // Only film words and small words between the marks around it, or "in/at/with the X |".
    bool stands_alone(int first, int next) const {
        if (!boundary(next) && !next_is_film(next)) return false;
        int k = first - 1;
        if (row_.is(k, "the") || row_.is(k, "a")) --k;
        if (row_.is(k, "in") || row_.is(k, "at") || row_.is(k, "with") || row_.is(k, "during") ||
            row_.is(k, "by")) {
            return true;
        }
        k = first - 1;
        while (!boundary(k)) {
            if (!(row_.is(k, "a") || row_.is(k, "the") || row_.is(k, "in") || ends_film(k)))
                return false;
            --k;
        }
        return true;
    }

    bool next_is_film(int i) const {
        for (int count = std::min(longest_film_words(row_.text(i)), 4); count >= 1; --count) {
            const std::string key = row_.join(i, count, ' ');
            if (!key.empty() && match_film_words(key)) return true;
        }
        return false;
    }
    bool ends_film(int k) const {
        for (int count = 1; count <= 4 && k - count + 1 >= 0; ++count) {
            const std::string key = row_.join(k - count + 1, count, ' ');
            if (!key.empty() && match_film_words(key)) return true;
        }
        return false;
    }

    // "rock music", "a night light", "piano": a longer noun that contains the words wins.
    bool is_part_of_thing(int first, int next) const {
        for (int start = std::max(0, first - 2); start <= first; ++start) {
            for (int count = next - start + 2; count > next - first; --count) {
                if (start == first && count <= next - first) break;
                const std::string key = row_.join(start, count, '_');
                if (key.empty() || start + count < next) continue;
                if (match_noun(key) || find_event(row_.join(start, count, ' '))) return true;
            }
        }
        return false;
    }

    // Drops "in a", "at", "with" before a phrase after which nothing of the noun phrase follows.
    void drop_lead_in(std::vector<Token>& tokens, size_t segment, const Found& found) const {
        if (found.governs) {
            while (tokens.size() > segment && tokens.back().kind == TokenKind::Word &&
                   (is_determiner(tokens.back().text) || tokens.back().text == "slow")) {
                tokens.pop_back();
            }
            return;
        }
        const bool noun_follows = row_.is_word(found.next) &&
                                  !is_function_word(row_.text(found.next)) &&
                                  !read_verb_form(row_, found.next) && !next_is_film(found.next);
        if (noun_follows && found.word.kind != FilmWordKind::Filler) return;
        const auto drop = [&](auto predicate) {
            if (tokens.size() > segment && tokens.back().kind == TokenKind::Word &&
                predicate(tokens.back().text)) {
                tokens.pop_back();
            }
        };
        drop([](const std::string& word) { return word == "very" || word == "complete"; });
        drop([](const std::string& word) { return is_determiner(word); });
        drop([](const std::string& word) {
            return word == "in" || word == "at" || word == "with" || word == "during" ||
                   word == "as" || word == "on" || word == "by" || word == "to" ||
                   word == "under" || word == "from" || word == "into" || word == "of" ||
                   word == "like" || word == "shot";
        });
    }

    Row row_;
};

}  // namespace

FilmPass take_film_words(const std::vector<Token>& tokens) { return Pass(tokens).run(); }

}  // namespace script
