// Words about the film and not about the world: style, light, weather, camera, sound, gravity.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

enum class FilmWordKind {
    Style,
    Time,
    Weather,
    Framing,
    Move,
    Handheld,
    TimeScale,     // number: world seconds per film second
    DepthOfField,  // number: f-number
    Sound,         // text: ambience word
    Gravity,       // text: "moon", "zero"
    Filler,        // "a video of": words about the film that ask for nothing
};

struct FilmWord {
    FilmWordKind kind = FilmWordKind::Filler;
    Style style = Style::Realistic;
    TimeOfDay time = TimeOfDay::Unset;
    Weather weather = Weather::Unset;
    Framing framing = Framing::Auto;
    CameraMove move = CameraMove::Static;
    double number = 0;
    std::string_view text;
    // Means this only where nothing else stands between two commas or full stops, or after
    // "in"/"at"/"with": "wide", "rain", "from above".
    bool alone = false;
};

// `words`: lower case, joined by ' ' ("close up", "bird's eye view" as "bird s eye view").
std::optional<FilmWord> match_film_words(std::string_view words);
int longest_film_words(const std::string& first);  // of the phrases that begin with this word
// phrase -> what it sets, for the documentation ("slow motion" -> "time scale 0.25").
std::vector<std::pair<std::string, std::string>> all_film_words();

std::string_view style_name(Style style);
std::string_view time_name(TimeOfDay time);
std::string_view weather_name(Weather weather);
std::string_view framing_name(Framing framing);
std::string_view move_name(CameraMove move);

}  // namespace script
