#include "script/words/film_words.h"

#include <algorithm>
#include <unordered_map>

#include "base/text/text.h"
#include "script/words/first_words.h"

namespace script {
namespace {

struct Row {
    FilmWord meaning;
    std::string_view words;  // separated by '|'; '=' marks `alone`
};

constexpr FilmWord style(Style value) { return {.kind = FilmWordKind::Style, .style = value}; }
constexpr FilmWord time(TimeOfDay value) { return {.kind = FilmWordKind::Time, .time = value}; }
constexpr FilmWord weather(Weather value) {
    return {.kind = FilmWordKind::Weather, .weather = value};
}
constexpr FilmWord framing(Framing value) {
    return {.kind = FilmWordKind::Framing, .framing = value};
}
constexpr FilmWord move(CameraMove value) { return {.kind = FilmWordKind::Move, .move = value}; }
constexpr FilmWord speed(double value) {
    return {.kind = FilmWordKind::TimeScale, .number = value};
}
constexpr FilmWord focus(double f) { return {.kind = FilmWordKind::DepthOfField, .number = f}; }
constexpr FilmWord sound(std::string_view word) {
    return {.kind = FilmWordKind::Sound, .text = word};
}
constexpr FilmWord gravity(std::string_view word) {
    return {.kind = FilmWordKind::Gravity, .text = word};
}

constexpr Row kRows[] = {
    {style(Style::Realistic),
     "realistic|photorealistic|photo realistic|photoreal|hyperrealistic|hyper realistic|lifelike|"
     "live action|realistic style|photographic|realism|documentary style"},
    {style(Style::Clay),
     "claymation|clay style|stop motion|stopmotion|stop motion animation|claymation style|"
     "clay animation|plasticine animation|in clay|aardman style|stop motion style"},
    {style(Style::Anime),
     "anime|cartoon|cel shaded|cel shading|cartoon style|anime style|manga|manga style|toon|"
     "toon shaded|hand drawn|animated cartoon|comic style|comic book style|ghibli style|cartoonish|"
     "2d animation|japanese animation|studio ghibli style"},
    {style(Style::Noir),
     "film noir|noir|black and white|noir style|monochrome|black and white film|neo noir|"
     "in black and white|film noir style|greyscale|grayscale|b w"},
    {time(TimeOfDay::Dawn), "dawn|sunrise|daybreak|first light|early morning|early in the morning"},
    {time(TimeOfDay::Day),
     "daytime|noon|midday|morning|afternoon|daylight|broad daylight|by day|in the day|=day|"
     "during the day|high noon|summer day"},
    {time(TimeOfDay::Sunset),
     "sunset|dusk|evening|golden hour|twilight|sundown|setting sun|late afternoon|at nightfall|"
     "nightfall"},
    {time(TimeOfDay::Night),
     "night|midnight|nighttime|night time|moonlight|moonlit|after dark|starlight|starry night|"
     "in the dark|dark night|at night|under the stars"},
    {weather(Weather::Clear),
     "sunny|clear sky|blue sky|sunshine|clear weather|clear day|sunny day|cloudless|bright sun|"
     "under a clear sky|=clear|sunlight"},
    {weather(Weather::Cloudy), "cloudy|overcast|grey sky|gray sky|cloudy sky|overcast sky"},
    {weather(Weather::Rain),
     "rainy|=rain|raining|rainstorm|drizzle|downpour|thunderstorm|rainy day|pouring rain|heavy "
     "rain|"
     "in the rain|stormy|=storm|in a storm|light rain|it rains|it is raining|rain falls|rain "
     "pours"},
    {weather(Weather::Snow),
     "snowing|=snow|snowstorm|blizzard|snowfall|in the snow|falling snow|snow falls|it snows|"
     "it is snowing|snowy day|heavy snow|light snow|snow is falling"},
    {weather(Weather::Fog), "foggy|=fog|misty|=mist|hazy|haze|in the fog|in the mist|thick fog"},
    {weather(Weather::Wind),
     "windy|breezy|gusty|=wind|strong wind|in the wind|windy day|gale|light breeze|gentle breeze|"
     "breeze"},
    {framing(Framing::ExtremeWide),
     "extreme wide shot|very wide shot|aerial view|aerial shot|extreme long "
     "shot|panorama|panoramic|"
     "aerial|drone shot|drone view|from far away|extreme wide|panoramic view|ultra wide shot"},
    {framing(Framing::Wide),
     "wide shot|wide angle|wide angle shot|wide view|long shot|establishing shot|full shot|=wide|"
     "wide framing|total view|full view|from a distance|from afar|wide angle view"},
    {framing(Framing::Medium),
     "medium shot|mid shot|medium close up|waist shot|midshot|medium view|american shot|two shot|"
     "medium framing"},
    {framing(Framing::CloseUp),
     "close up|closeup|close shot|close view|tight shot|=close|close up shot|close up view|"
     "up close|close ups|closeup shot|portrait of|portrait shot|portrait photo of|tight "
     "framing|tight close up"},
    {framing(Framing::ExtremeCloseUp),
     "extreme close up|macro|macro shot|extreme closeup|very close up|detail shot|macro view|"
     "macro lens|extreme close up shot"},
    {framing(Framing::Top),
     "top view|bird s eye view|birds eye view|=overhead|overhead shot|overhead view|top down|"
     "top down view|top down shot|=from above|seen from above|viewed from above|bird s eye|"
     "filmed from above|shot from above|top shot|view from above|from overhead|birdseye view|"
     "from the top|straight down view"},
    {framing(Framing::Low),
     "low angle|low angle shot|worm s eye view|low shot|=from below|seen from below|low angle view|"
     "filmed from below|ground level|floor level|from a low angle|low camera|ground level shot|"
     "shot from below"},
    {framing(Framing::PointOfView),
     "pov|point of view|first person|first person view|pov shot|point of view shot|"
     "subjective camera|first person shot"},
    {move(CameraMove::Tracking),
     "tracking shot|tracking|follow shot|following shot|tracking camera|following camera|"
     "camera follows|camera tracks|follow cam|steadicam|steadicam shot|travelling shot|"
     "=follow|=following"},
    {move(CameraMove::DollyIn),
     "dolly in|push in|dolly in shot|slow push in|camera moves in|camera moves closer|dolly "
     "forward|"
     "camera dollies|camera dollies in|camera dollies forward|camera glides in|camera creeps in|"
     "camera approaches|camera moves toward|camera moves towards|camera moves forward|"
     "camera pushes in|slow dolly in|pushing in|dollying in|=dolly|dolly shot|slow dolly"},
    {move(CameraMove::DollyOut),
     "camera dollies out|camera dollies back|camera dollies away|camera moves away|"
     "dolly out|pull back|pull out|camera pulls back|camera pulls out|dolly back|camera moves back|"
     "slow pull back|pulling back|camera backs away|pull back shot|dolly out shot"},
    {move(CameraMove::PanLeft), "pan left|pans left|panning left|pan to the left|camera pans left"},
    {move(CameraMove::PanRight),
     "pan right|pans right|panning right|pan to the right|camera pans right|panning shot|=pan|"
     "camera pans|=panning|slow pan|pan shot"},
    {move(CameraMove::TiltUp),
     "tilt up|tilts up|tilting up|camera tilts up|camera pans up|pan up|pans up|panning "
     "up|=tilt|camera tilts"},
    {move(CameraMove::TiltDown),
     "tilt down|tilts down|tilting down|camera tilts down|camera pans down|pan down|pans "
     "down|panning down"},
    {move(CameraMove::Orbit),
     "orbit shot|orbiting shot|orbiting camera|camera orbits|camera circles|arc shot|360 shot|"
     "circling camera|=orbit|=orbiting|orbit around|rotating camera|360 degree shot"},
    {move(CameraMove::CraneUp),
     "crane shot|crane up|camera rises|camera cranes up|rising shot|rising camera|jib up|"
     "crane up shot"},
    {move(CameraMove::CraneDown),
     "crane down|camera descends|camera cranes down|jib down|descending camera|camera lowers"},
    {move(CameraMove::ZoomIn),
     "zoom in|zooms in|zooming in|slow zoom|=zoom|slow zoom in|camera zooms in|crash zoom|"
     "camera zooms"},
    {move(CameraMove::ZoomOut), "zoom out|zooms out|zooming out|slow zoom out|camera zooms out"},
    {move(CameraMove::Static),
     "static camera|static shot|locked off|fixed camera|tripod shot|still camera|locked camera|"
     "static|stationary camera|locked off shot|on a tripod|fixed shot"},
    {{.kind = FilmWordKind::Handheld},
     "handheld|hand held|shaky cam|shaky camera|handheld camera|hand held camera|=shaky|"
     "phone footage|handheld shot|amateur footage|shaky footage|cctv"},
    {speed(0.25),
     "slow motion|slow mo|slomo|slowmo|slowmotion|quarter speed|at quarter speed|4x slow motion|"
     "in slow mo|in slow motion"},
    {speed(0.1),
     "super slow motion|ultra slow motion|extreme slow motion|bullet time|super slow mo|"
     "very slow motion|high speed camera|ultra slow mo|tenth speed|high speed footage"},
    {speed(0.5), "half speed|at half speed|half slow motion|slightly slow motion|2x slow motion"},
    {focus(1.8),
     "shallow depth of field|bokeh|blurred background|shallow focus|blurry background|"
     "out of focus background|narrow depth of field|soft background"},
    {focus(11), "deep focus|everything in focus|large depth of field|deep depth of field"},
    {sound("quiet"),
     "quiet|silent|silence|quietly|in silence|silently|hushed|complete silence|total silence|"
     "no sound|no music"},
    {sound("crowd"),
     "crowd noise|cheering crowd|applause|crowd cheers|the crowd cheers|crowd cheering|"
     "crowd sounds|crowd applauds|cheering fans|cheering audience|crowd roars|audience applauds|"
     "crowd claps|fans cheer|cheers from the crowd"},
    {sound("music"),
     "music|background music|with music|piano music|soundtrack|music plays|music playing|"
     "orchestral music|jazz music|rock music|happy music|sad music|soft music|epic music|jazz|"
     "classical music|music plays in the background"},
    {sound("wind"),
     "howling wind|sound of wind|wind howls|wind noise|wind blows|the wind blows|wind blowing|"
     "wind sounds|whistling wind|wind whistles"},
    {sound("birds"),
     "birdsong|birds chirping|birds sing|chirping birds|bird song|birds chirp|"
     "birds singing|singing birds"},
    {sound("rain"), "sound of rain|rain sounds|patter of rain"},
    {sound("waves"),
     "sound of waves|crashing waves|waves crashing|sea sounds|ocean sounds|"
     "sound of the sea|waves lapping"},
    {sound("traffic"), "traffic noise|sound of traffic|city noise|city sounds|car horns"},
    {sound("thunder"), "thunder|thunderclap|lightning|thunder rumbles"},
    {gravity("moon"), "moon gravity|lunar gravity|low gravity|reduced gravity"},
    {gravity("zero"),
     "zero gravity|zero g|weightless|weightlessness|no gravity|microgravity|without gravity|"
     "in zero gravity|antigravity|anti gravity"},
    {{.kind = FilmWordKind::Filler},
     "video|film|movie|clip|footage|scene|shot|a video of|a film of|a clip of|video of|clip of|"
     "footage of|movie of|film about|scene of|scene with|animation|cinematic|camera|picture of|"
     "image of|style|in the style of|a scene of|create|generate|make a video|show me|please|"
     "render|short film|4k|8k|hd|high quality|view|the viewer|we see|we can see|animation of|"
     "make a film|create a video|generate a video|a shot of|shot of|view of|a view of|"
     "can be seen|is seen|video clip|there is|there are|there was|there were|i would like|"
     "a movie about|a film about|make me a video of|make a video of|make a film of|i want to see|i "
     "would like to see|let s see|can you make|could you make|"
     "please make|i want|video showing|a video showing|clip showing|film showing"},
};

struct Tables {
    std::unordered_map<std::string, FilmWord> words;
    std::vector<std::pair<std::string, std::string>> listing;
    FirstWords first;
};

std::string describe(const FilmWord& word) {
    switch (word.kind) {
        case FilmWordKind::Style: return "style " + std::string(style_name(word.style));
        case FilmWordKind::Time: return "time " + std::string(time_name(word.time));
        case FilmWordKind::Weather: return "weather " + std::string(weather_name(word.weather));
        case FilmWordKind::Framing: return "framing " + std::string(framing_name(word.framing));
        case FilmWordKind::Move: return "camera " + std::string(move_name(word.move));
        case FilmWordKind::Handheld: return "camera handheld";
        case FilmWordKind::TimeScale: {
            std::string text = std::to_string(word.number);
            text.erase(text.find_last_not_of('0') + 1);
            return "speed x " + text;
        }
        case FilmWordKind::DepthOfField:
            return word.number < 4 ? "depth of field shallow" : "depth of field deep";
        case FilmWordKind::Sound: return "sound " + std::string(word.text);
        case FilmWordKind::Gravity: return "gravity " + std::string(word.text);
        case FilmWordKind::Filler: return "";
    }
    return "";
}

Tables build() {
    Tables tables;
    for (const Row& row : kRows) {
        for (std::string phrase : base::split(row.words, '|')) {
            FilmWord meaning = row.meaning;
            if (!phrase.empty() && phrase[0] == '=') {
                meaning.alone = true;
                phrase.erase(0, 1);
            }
            if (phrase.empty()) continue;
            tables.first.add(phrase, ' ');
            if (tables.words.emplace(phrase, meaning).second &&
                meaning.kind != FilmWordKind::Filler) {
                tables.listing.emplace_back(phrase, describe(meaning));
            }
        }
    }
    return tables;
}

const Tables& tables() {
    static const Tables instance = build();
    return instance;
}

}  // namespace

std::optional<FilmWord> match_film_words(std::string_view words) {
    const auto found = tables().words.find(std::string(words));
    if (found == tables().words.end()) return std::nullopt;
    return found->second;
}

int longest_film_words(const std::string& first) { return tables().first.longest(first); }

std::vector<std::pair<std::string, std::string>> all_film_words() { return tables().listing; }

std::string_view style_name(Style style) {
    constexpr std::string_view kNames[] = {"realistic", "clay", "anime", "noir"};
    return kNames[static_cast<int>(style)];
}

std::string_view time_name(TimeOfDay time) {
    constexpr std::string_view kNames[] = {"", "dawn", "day", "sunset", "night"};
    return kNames[static_cast<int>(time)];
}

std::string_view weather_name(Weather weather) {
    constexpr std::string_view kNames[] = {"", "clear", "cloudy", "rain", "snow", "fog", "wind"};
    return kNames[static_cast<int>(weather)];
}

std::string_view framing_name(Framing framing) {
    constexpr std::string_view kNames[] = {
        "", "extreme wide", "wide", "medium", "close-up", "extreme close-up", "top", "low", "pov"};
    return kNames[static_cast<int>(framing)];
}

std::string_view move_name(CameraMove move) {
    constexpr std::string_view kNames[] = {
        "static",    "tracking", "dolly in", "dolly out",  "pan left", "pan right", "tilt up",
        "tilt down", "orbit",    "crane up", "crane down", "zoom in",  "zoom out",  "handheld"};
    return kNames[static_cast<int>(move)];
}

}  // namespace script
