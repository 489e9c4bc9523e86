// The shot list: everything an engine needs to make a film, and nothing implied. One of the six
// nouns of the way: prompt -> screenplay -> SHOT LIST -> take -> clip -> post.
//
// It knows no engine: kinds, materials, sets and actions are words of the lexicon (script/words).
// The JSON form (schema "aozora-shots/1", docs/formats/shots.schema.json) has the same names and
// units as these members; empty strings and unset optionals are left out of the JSON.
// SI units: metres, kilograms, seconds, metres per second, degrees where the name says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace script {

enum class Style { Realistic, Clay, Anime, Noir };
enum class TimeOfDay { Unset, Dawn, Day, Sunset, Night };
enum class Weather { Unset, Clear, Cloudy, Rain, Snow, Fog, Wind };

enum class Framing {
    Auto,
    ExtremeWide,
    Wide,
    Medium,
    CloseUp,
    ExtremeCloseUp,
    Top,
    Low,
    PointOfView
};
enum class CameraMove {
    Static,
    Tracking,
    DollyIn,
    DollyOut,
    PanLeft,
    PanRight,
    TiltUp,
    TiltDown,
    Orbit,
    CraneUp,
    CraneDown,
    ZoomIn,
    ZoomOut,
    Handheld
};

// How several bodies of one cast entry stand.
enum class Arrangement {
    Auto,
    Row,
    Circle,
    Spiral,
    Stack,
    Tower,
    Pyramid,
    Wall,
    Grid,
    Scattered,
    Rack
};

// Clothes and person looks; "" = the engine chooses by seed.
struct Look {
    std::string role;     // "basketball player", "chef": chooses clothes and build
    std::string sex;      // "female", "male"
    std::string age;      // "child", "young", "old"
    std::string hair;     // colour or "bald", "long brown"
    std::string wearing;  // "red dress", "blue jeans and white shirt"
};

// One entry of the cast: a thing, an animal or a person, or `count` alike of them.
struct CastMember {
    std::string id;        // the noun of the prompt, unique: "ball", "ball_2", "bowling_ball"
    std::string kind;      // canonical noun of the lexicon: "basketball", "dog", "person"
    std::string material;  // "" = the kind's own
    std::string colour;    // colour word or "#rrggbb"; "" = the kind's own
    int count = 1;         // bodies are named id, id_2, id_3 ... ID_count
    Arrangement arrangement = Arrangement::Auto;
    std::optional<double> size_m;  // largest dimension
    std::optional<double> mass_kg;
    std::string on;     // where it is at the start: cast id, set part ("shelf", "table") or ""
    Look look;          // persons only
    std::string voice;  // "" = by look
};

// What must have happened when the action is over; the director searches for it.
// kind: "" none, "misses", "scores", "bounces" (count), "knocks_over_all", "knocks_over" (count),
// "comes_to_rest", "breaks", "does_not_break", "stays_up", "falls_over", "lands_on" (target),
// "hits" (target)
struct Outcome {
    std::string kind;
    int count = 0;
    std::string target;
};

// One thing that happens. `verb` is a canonical action of script/words/actions.h.
struct Action {
    std::string verb;        // "drop", "roll", "shoot", "spin"
    std::string subject;     // cast id
    std::string object;      // cast id or set part acted upon; may be ""
    std::string instrument;  // cast id ("with a hammer"); may be ""
    std::string
        path;  // "onto", "into", "off", "down", "up", "through", "over", "around", "against",
               // "past", "under", "across", "toward", "from", "along" ...; may be ""
    std::string target;              // cast id or set part after `path`; may be ""
    std::optional<double> height_m;  // clearance under the lowest point
    std::optional<double> distance_m;
    std::optional<double> speed_mps;
    std::optional<double> angle_deg;
    int times = 0;                // "twice"; 0 = unset
    std::string manner;           // "slowly", "fast", "gently", "hard", "" = usual
    bool after_previous = false;  // "then": starts when the action before it is over
    Outcome outcome;
};

struct Line {
    std::string speaker;            // cast id; "" = a voice off screen
    std::string text;               // what is said
    std::string manner;             // parenthetical: "whispering"
    std::optional<double> start_s;  // from the shot's start; unset = placed by the director
};

struct Camera {
    Framing framing = Framing::Auto;
    CameraMove move = CameraMove::Static;
    bool handheld = false;
    std::string subject;                     // cast id to look at; "" = the action
    std::optional<double> lens_mm;           // full-frame equivalent
    std::optional<double> depth_of_field_f;  // f-number; unset = by framing
};

struct Place {
    std::string set;    // canonical set of script/words/sets.h: "gym", "kitchen"
    std::string floor;  // material of the surface in play, "" = the set's own
    std::string wall;   // material of walls, "" = the set's own
    TimeOfDay time = TimeOfDay::Unset;
    Weather weather = Weather::Unset;
    std::string gravity;  // "", "moon", "zero"
};

struct Shot {
    double seconds = 0;  // > 0
    Place place;
    Camera camera;
    double time_scale = 1;          // 0.25 = slow motion: world seconds per film second, (0, 1]
    bool continues = false;         // the same world goes on from the end of the shot before
    std::vector<std::string> cast;  // ids that are present (all for one-shot films)
    std::vector<Action> actions;
    std::vector<Line> dialogue;
    std::vector<std::string> sound;  // ambience words: "quiet", "crowd", "wind", "music"
    // What was asked for in so many words although it is the usual choice anyway: "set:gym",
    // "camera:static". Nobody who changes the list may choose otherwise. "continues": every body
    // goes on as it was, whatever the actions would like it to start with (an extension).
    std::vector<std::string> asked;
    std::string description;  // the words this shot came from, for people and for engine "neural"
};

struct ShotList {
    std::string title;
    std::string prompt;  // as given, may be empty
    int width_px = 1280;
    int height_px = 720;
    double fps = 24;
    uint64_t seed = 1;
    Style style = Style::Realistic;
    std::vector<std::string> asked;  // as in Shot, for the whole film: "style:realistic", "seconds"
    std::vector<CastMember> cast;
    std::vector<Shot> shots;  // at least one

    double seconds() const {
        double total = 0;
        for (const Shot& shot : shots) total += shot.seconds;
        return total;
    }
};

struct Replaced {
    std::string asked, used, why;
};

// What became of the words of the prompt. Silent substitution is a bug.
struct Report {
    std::vector<std::string> understood;
    std::vector<Replaced> replaced;
    std::vector<std::string> left_out;
};

}  // namespace script
