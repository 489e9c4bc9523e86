#include "script/screenplay/place_words.h"

#include "base/text/text.h"
#include "script/screenplay/screenplay.h"
#include "script/shots/choices.h"
#include "script/words/film_words.h"
#include "script/words/set.h"

namespace script {
namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::string clean;
    for (const char c : base::to_lower_ascii(text)) {
        const bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        clean += keep ? c : ' ';
    }
    std::vector<std::string> words;
    for (std::string& word : base::split(clean, ' ')) {
        if (!word.empty()) words.push_back(std::move(word));
    }
    return words;
}

// The longest stretch of words that names a set: "BOB'S OLD KITCHEN" -> kitchen. The last of
// equals, because English puts the head last.
std::optional<SetMatch> set_within(const std::vector<std::string>& words, std::string& said) {
    const size_t most = std::min<size_t>(words.size(), 8);
    for (size_t length = most; length > 0; --length) {
        for (size_t from = words.size() - length + 1; from-- > 0;) {
            const std::vector<std::string> part(
                words.begin() + static_cast<ptrdiff_t>(from),
                words.begin() + static_cast<ptrdiff_t>(from + length));
            said = base::join(part, " ");
            if (const auto match = match_set(said)) return match;
        }
    }
    return std::nullopt;
}

}  // namespace

void apply_heading(std::string_view heading, Place& place, Report& report) {
    const Heading parts = parse_heading(heading);
    if (!parts.place.empty()) {
        const std::vector<std::string> words = words_of(parts.place);
        std::string said;
        if (const auto match = set_within(words, said)) {
            place.set = std::string(match->set->name);
            if (!match->gravity.empty()) place.gravity = std::string(match->gravity);
            const std::string whole = base::join(words, " ");
            if (match->loose || said != whole) {
                bool known = false;
                for (const Replaced& replaced : report.replaced) known |= replaced.asked == whole;
                if (!known) {
                    report.replaced.push_back({whole, place.set, "the nearest set that we have"});
                }
            } else {
                report.understood.push_back(whole);
            }
        } else if (parts.interior || parts.exterior) {
            report.left_out.push_back("place: " + parts.place);
        }
    }
    if (parts.time.empty()) return;
    const std::string time = base::join(words_of(parts.time), " ");
    if (const auto word = match_film_words(time); word && word->kind == FilmWordKind::Time) {
        place.time = word->time;
    } else if (time != "continuous" && time != "later" && time != "moments later" &&
               time != "same") {
        report.left_out.push_back("time: " + parts.time);
    }
}

std::string heading_of(const Place& place) {
    const Set* set = set_of_name(place.set);
    if (set == nullptr) return "";
    std::string heading = set->outdoors ? "EXT. " : "INT. ";
    for (const char c : place.set) {
        heading += c == '_' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    if (place.time != TimeOfDay::Unset) {
        heading += " - ";
        for (const char c : word_of(place.time)) heading += static_cast<char>(c - 'a' + 'A');
    }
    return heading;
}

std::string with_place(std::string_view action, std::string_view heading) {
    Place place;
    Report ignored;
    apply_heading(heading, place, ignored);
    if (place.set.empty()) return std::string(action);
    // A sentence of its own: what stands before a comma would be read with what follows. With the
    // article: "Living room" begins with a verb.
    std::string set = place.set;
    for (char& c : set) {
        if (c == '_') c = ' ';
    }
    return "The " + set + ". " + std::string(action);
}

}  // namespace script
