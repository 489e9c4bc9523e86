#include "script/screenplay/hints.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/text/text.h"
#include "script/shots/choices.h"
#include "script/shots/suggest.h"
#include "script/words/film_words.h"
#include "script/words/material.h"
#include "script/words/set.h"

namespace script {
namespace {

// Lower case, other signs than letters and digits as single spaces: "Close-Up" -> "close up".
std::string words_of(std::string_view text) {
    std::string out;
    for (const char c : base::to_lower_ascii(text)) {
        const bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (keep) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string plain(double value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.6g", value);
    return text;
}

const std::vector<std::string_view> kKeys = {"camera", "lens",  "f",    "seconds",   "slow motion",
                                             "set",    "floor", "wall", "weather",   "gravity",
                                             "sound",  "style", "time", "continues", "new world"};

void read_camera_part(std::string_view part, ShotHints& hints, std::string& problem) {
    const std::string lower = base::to_lower_ascii(base::trim(part));
    const std::string words = words_of(lower);
    if (words.empty()) return;
    if (const auto framing = choice_of<Framing>(lower)) {
        hints.framing = *framing;
    } else if (const auto move = choice_of<CameraMove>(lower)) {
        if (*move == CameraMove::Handheld) hints.handheld = true;
        else hints.move = *move;
    } else if (words.starts_with("on ") || words.starts_with("at ")) {
        hints.camera_subject = words.substr(3);
    } else if (lower.ends_with("mm") && leading_number(lower)) {
        hints.lens_mm = leading_number(lower);
    } else if (lower.starts_with("f/") && leading_number(lower)) {
        hints.f_number = leading_number(lower);
    } else if (const auto word = match_film_words(words)) {
        switch (word->kind) {
            case FilmWordKind::Framing: hints.framing = word->framing; break;
            case FilmWordKind::Move: hints.move = word->move; break;
            case FilmWordKind::Handheld: hints.handheld = true; break;
            case FilmWordKind::TimeScale: hints.time_scale = word->number; break;
            case FilmWordKind::DepthOfField: hints.f_number = word->number; break;
            default: problem = "\"" + words + "\" says nothing about a camera";
        }
    } else {
        std::vector<std::string_view> known;
        for (const auto& choice : choices(Framing{})) known.push_back(choice.word);
        for (const auto& choice : choices(CameraMove{})) known.push_back(choice.word);
        const std::string fix = suggestion(lower, known);
        problem = "unknown camera word \"" + lower + "\"" + (fix.empty() ? "" : "; " + fix);
    }
}

bool read_number(std::string_view value, double low, double high, std::optional<double>& to,
                 std::string& problem) {
    const auto number = leading_number(value);
    if (!number || !(*number >= low && *number <= high)) {
        problem = "\"" + std::string(value) + "\" is not a number from " + plain(low) + " to " +
                  plain(high);
        return false;
    }
    to = number;
    return true;
}

void read_material(std::string_view value, std::optional<std::string>& to, std::string& problem) {
    const auto material = find_material(words_of(value));
    if (material) {
        to = std::string(material->material);
        if (material->loose) {
            problem = "we have no " + std::string(value) + ", so it is " + *to;
        }
    } else {
        const std::string fix = suggestion(words_of(value), material_names());
        problem =
            "unknown material \"" + std::string(value) + "\"" + (fix.empty() ? "" : "; " + fix);
    }
}

template <typename E>
void read_choice(std::string_view value, FilmWordKind kind, E FilmWord::*member,
                 std::optional<E>& to, std::string& problem) {
    const std::string words = words_of(value);
    if (const auto choice = choice_of<E>(words)) {
        to = *choice;
    } else if (const auto word = match_film_words(words); word && word->kind == kind) {
        to = (*word).*member;
    } else {
        std::vector<std::string_view> known;
        for (const auto& option : choices(E{})) known.push_back(option.word);
        problem = "unknown word \"" + words + "\"; " + suggestion(words, known);
    }
}

}  // namespace

std::optional<double> leading_number(std::string_view text) {
    text = base::trim(text);
    if (text.starts_with("f/") || text.starts_with("F/")) text.remove_prefix(2);
    const std::string copy(text.substr(0, 40));
    char* end = nullptr;
    const double value = std::strtod(copy.c_str(), &end);
    if (end == copy.c_str() || !std::isfinite(value)) return std::nullopt;
    if (*end == '/') {  // "1/4"
        const char* below = end + 1;
        const double divisor = std::strtod(below, &end);
        if (end == below || !(divisor != 0)) return std::nullopt;
        return value / divisor;
    }
    return value;
}

HintKind read_hint(std::string_view note, ShotHints& hints, std::string& problem) {
    const size_t colon = note.find(':');
    const std::string key = words_of(note.substr(0, colon));
    const std::string_view value =
        colon == std::string_view::npos ? "" : base::trim(note.substr(colon + 1));
    if (colon == std::string_view::npos) {
        if (key == "continues" || key == "new world") hints.continues = key == "continues";
        else if (key == "slow motion") hints.time_scale = 0.25;
        else return HintKind::None;
        return HintKind::Other;
    }
    const std::string lower = base::to_lower_ascii(value);
    if (key == "camera" || key == "shot") {
        for (const std::string& part : base::split(lower, ',')) {
            read_camera_part(part, hints, problem);
        }
        return HintKind::Camera;
    }
    if (key == "lens") read_number(value, 8, 600, hints.lens_mm, problem);
    else if (key == "f") read_number(value, 0.7, 64, hints.f_number, problem);
    else if (key == "seconds" || key == "duration")
        read_number(value, 0.01, 3600, hints.seconds, problem);
    else if (key == "slow motion" || key == "speed")
        read_number(value, 0.001, 1, hints.time_scale, problem);
    else if (key == "floor") read_material(value, hints.floor, problem);
    else if (key == "wall" || key == "walls") read_material(value, hints.wall, problem);
    else if (key == "weather")
        read_choice(value, FilmWordKind::Weather, &FilmWord::weather, hints.weather, problem);
    else if (key == "time")
        read_choice(value, FilmWordKind::Time, &FilmWord::time, hints.time, problem);
    else if (key == "style")
        read_choice(value, FilmWordKind::Style, &FilmWord::style, hints.style, problem);
    else if (key == "gravity") {
        if (lower == "moon" || lower == "zero") hints.gravity = lower;
        else problem = "unknown gravity \"" + lower + "\"; one of: moon, zero";
    } else if (key == "sound") {
        for (const std::string& part : base::split(lower, ',')) {
            if (const auto word = base::trim(part); !word.empty()) hints.sound.emplace_back(word);
        }
    } else if (key == "set") {
        if (const Set* set = find_set(words_of(value))) {
            hints.set = std::string(set->name);
        } else {
            std::vector<std::string_view> known;
            for (const Set& each : sets()) known.push_back(each.name);
            const std::string fix = suggestion(lower, known);
            problem = "unknown set \"" + lower + "\"" + (fix.empty() ? "" : "; " + fix);
        }
    } else {
        // A slip of the pen in a key would silently lose the hint.
        const std::string near = key.size() >= 4 ? nearest_word(key, kKeys) : "";
        if (near.empty() || edit_distance(key, near) > 2) return HintKind::None;
        problem = "unknown hint \"" + key + "\"; did you mean \"" + near + "\"?";
    }
    return HintKind::Other;
}

std::vector<std::string> hints_of(const Shot& shot) {
    std::vector<std::string> notes;
    std::vector<std::string> camera;
    const Camera& c = shot.camera;
    if (c.framing != Framing::Auto) camera.emplace_back(word_of(c.framing));
    if (c.move != CameraMove::Static && c.move != CameraMove::Handheld) {
        camera.emplace_back(word_of(c.move));
    }
    if (c.handheld || c.move == CameraMove::Handheld) camera.emplace_back("handheld");
    if (!c.subject.empty()) camera.emplace_back("on " + c.subject);
    if (!camera.empty()) notes.push_back("camera: " + base::join(camera, ", "));
    if (c.lens_mm) notes.push_back("lens: " + plain(*c.lens_mm) + "mm");
    if (c.depth_of_field_f) notes.push_back("f: " + plain(*c.depth_of_field_f));
    notes.push_back("seconds: " + plain(shot.seconds));
    if (shot.time_scale != 1) notes.push_back("slow motion: " + plain(shot.time_scale));
    if (!shot.place.floor.empty()) notes.push_back("floor: " + shot.place.floor);
    if (!shot.place.wall.empty()) notes.push_back("wall: " + shot.place.wall);
    if (shot.place.weather != Weather::Unset) {
        notes.push_back("weather: " + std::string(word_of(shot.place.weather)));
    }
    if (!shot.place.gravity.empty()) notes.push_back("gravity: " + shot.place.gravity);
    if (!shot.sound.empty()) notes.push_back("sound: " + base::join(shot.sound, ", "));
    return notes;
}

}  // namespace script
