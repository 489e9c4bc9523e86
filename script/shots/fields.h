// What the JSON of a shot list consists of, told once. Writing, reading, checking and the
// published schema are four visitors of these functions, so they cannot disagree.
//
// A visitor has:
//   text(name, string, TextRule, about)           number(name, double, NumberRule, about)
//   optional_number(name, optional, NumberRule, about)
//   integer(name, int or uint64_t, IntegerRule, about)   flag(name, bool, about)
//   choice(name, enum, required, about)           texts(name, vector<string>, ListRule, TextRule,
//   about) object(name, member, about)                   list(name, vector<T>, ListRule, about)
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include "script/shots/shot_list.h"

namespace script {

constexpr double kMostSeconds = 3600;
constexpr int kMostShots = 1000;
constexpr int kMostBodies = 500;
constexpr int kLongestDescription = 4000;  // bytes, of a shot
constexpr int kSmallestSidePx = 16, kLargestSidePx = 7680;

// Which list a word must be on.
enum class Words {
    Any,  // free text
    Id,   // new name of the cast: [a-z][a-z0-9_]*
    Kind,
    Material,
    Colour,
    Set,
    Verb,
    Outcome,
    Gravity,
    Sex,
    Age,
};

struct TextRule {
    int max_bytes = 200;
    Words words = Words::Any;
    bool required = false;
};
struct NumberRule {
    double low = 0, high = 0;
    std::optional<double> fallback;  // none: required (number) or unset (optional_number)
    bool above_low = false;          // low itself is not allowed
};
struct IntegerRule {
    uint64_t low = 0, high = 0;
    std::optional<uint64_t> fallback;
};
struct ListRule {
    int max_items = 0;
    bool required = false;  // and not empty
};

// T is U or const U: one description serves readers and writers.
template <typename T, typename U>
concept Like = std::same_as<std::remove_const_t<T>, U>;

constexpr TextRule kName{64};
constexpr NumberRule kLength{0, 1000, {}, true};

template <typename V, Like<Look> T>
void describe(V& v, T& look) {
    v.text("role", look.role, kName, "Chooses clothes and build: \"basketball player\", \"chef\".");
    v.text("sex", look.sex, TextRule{16, Words::Sex}, "\"female\" or \"male\".");
    v.text("age", look.age, TextRule{16, Words::Age}, "\"child\", \"young\" or \"old\".");
    v.text("hair", look.hair, kName, "A colour, \"bald\", \"long brown\".");
    v.text("wearing", look.wearing, TextRule{}, "\"red dress\", \"blue jeans and white shirt\".");
}

template <typename V, Like<CastMember> T>
void describe(V& v, T& member) {
    v.text("id", member.id, TextRule{64, Words::Id, true},
           "Unique name, as in the prompt: \"ball\", \"bowling_ball\". With a count above 1 the "
           "bodies are called ID, ID_2, ID_3 and so on.");
    v.text("kind", member.kind, TextRule{64, Words::Kind, true},
           "What it is: a word of the noun library, parts joined by '_'.");
    v.text("material", member.material, TextRule{64, Words::Material},
           "What it is made of; the kind's usual material when left out.");
    v.text("colour", member.colour, TextRule{64, Words::Colour},
           "A colour word or \"#rrggbb\"; the kind's usual colour when left out.");
    v.integer("count", member.count, IntegerRule{1, kMostBodies, 1}, "How many alike.");
    v.choice("arrangement", member.arrangement, false, "How several of them stand.");
    v.optional_number("size_m", member.size_m, NumberRule{0.001, 200},
                      "Largest dimension, metres.");
    v.optional_number("mass_kg", member.mass_kg, NumberRule{1e-6, 1e6}, "Kilograms.");
    v.text("on", member.on, kName, "Where it is at first: an id of the cast or a part of the set.");
    v.object("look", member.look, "Persons only.");
    v.text("voice", member.voice, kName, "The voice that speaks; by the look when left out.");
}

template <typename V, Like<Outcome> T>
void describe(V& v, T& outcome) {
    v.text("kind", outcome.kind, TextRule{32, Words::Outcome},
           "What must have happened in the end; the engine searches for it.");
    v.integer("count", outcome.count, IntegerRule{0, 1000, 0},
              "For \"bounces\" and \"knocks_over\".");
    v.text("target", outcome.target, kName, "For \"lands_on\" and \"hits\".");
}

template <typename V, Like<Action> T>
void describe(V& v, T& action) {
    v.text("verb", action.verb, TextRule{32, Words::Verb, true}, "What happens.");
    v.text("subject", action.subject, kName, "Who or what does it: an id of the cast.");
    v.text("object", action.object, kName, "Acted upon: an id of the cast or a part of the set.");
    v.text("instrument", action.instrument, kName, "With what: an id of the cast.");
    v.text("path", action.path, TextRule{32},
           "Preposition before the target: \"onto\", \"into\", \"off\", \"down\", \"over\".");
    v.text("target", action.target, kName,
           "Where to: an id of the cast, a part of the set or one of its anchors.");
    v.optional_number("height_m", action.height_m, NumberRule{0, 1000},
                      "Clearance under the lowest point, metres.");
    v.optional_number("distance_m", action.distance_m, NumberRule{0, 1000}, "Metres.");
    v.optional_number("speed_mps", action.speed_mps, NumberRule{0, 1000}, "Metres per second.");
    v.optional_number("angle_deg", action.angle_deg, NumberRule{-3600, 3600}, "Degrees.");
    v.integer("times", action.times, IntegerRule{0, 1000, 0}, "How often; 0 is unsaid.");
    v.text("manner", action.manner, kName, "\"slowly\", \"fast\", \"gently\", \"hard\".");
    v.flag("after_previous", action.after_previous,
           "Starts when the action before it is over (\"then\"), not with it.");
    v.object("outcome", action.outcome, "What must come of it.");
}

template <typename V, Like<Line> T>
void describe(V& v, T& line) {
    v.text("speaker", line.speaker, kName, "An id of the cast; a voice off screen when left out.");
    v.text("text", line.text, TextRule{2000, Words::Any, true}, "What is said.");
    v.text("manner", line.manner, kName, "\"whispering\".");
    v.optional_number("start_s", line.start_s, NumberRule{0, kMostSeconds},
                      "Seconds from the shot's start; placed by the director when left out.");
}

template <typename V, Like<Camera> T>
void describe(V& v, T& camera) {
    v.choice("framing", camera.framing, false, "How much is seen.");
    v.choice("move", camera.move, false, "How the camera moves.");
    v.flag("handheld", camera.handheld, "Held by hand, whatever the move.");
    v.text("subject", camera.subject, kName, "What it looks at; the action when left out.");
    v.optional_number("lens_mm", camera.lens_mm, NumberRule{8, 600},
                      "Focal length, full-frame equivalent.");
    v.optional_number("depth_of_field_f", camera.depth_of_field_f, NumberRule{0.7, 64},
                      "f-number; by the framing when left out.");
}

template <typename V, Like<Place> T>
void describe(V& v, T& place) {
    v.text("set", place.set, TextRule{64, Words::Set}, "Where it happens: \"gym\", \"kitchen\".");
    v.text("floor", place.floor, TextRule{64, Words::Material}, "Material of the surface in play.");
    v.text("wall", place.wall, TextRule{64, Words::Material}, "Material of the walls.");
    v.choice("time", place.time, false, "Time of day.");
    v.choice("weather", place.weather, false, "Weather.");
    v.text("gravity", place.gravity, TextRule{16, Words::Gravity}, "\"moon\" or \"zero\".");
}

template <typename V, Like<Shot> T>
void describe(V& v, T& shot) {
    v.number("seconds", shot.seconds, NumberRule{0, kMostSeconds, {}, true}, "How long it is.");
    v.object("place", shot.place, "Where and when.");
    v.object("camera", shot.camera, "How it is seen.");
    v.number("time_scale", shot.time_scale, NumberRule{0, 1, 1, true},
             "World seconds per film second: 0.25 is slow motion.");
    v.flag("continues", shot.continues, "The same world goes on from the end of the shot before.");
    v.texts("cast", shot.cast, ListRule{kMostBodies}, kName, "The ids that are present.");
    v.list("actions", shot.actions, ListRule{100}, "What happens, in order.");
    v.list("dialogue", shot.dialogue, ListRule{200}, "What is said, in order.");
    v.texts("sound", shot.sound, ListRule{20}, kName,
            "Ambience: \"quiet\", \"crowd\", \"wind\", \"music\".");
    v.texts("asked", shot.asked, ListRule{400}, kName,
            "What the words asked for although it is the usual choice: \"set:gym\".");
    v.text("description", shot.description, TextRule{kLongestDescription},
           "The words this shot came from.");
}

template <typename V, Like<ShotList> T>
void describe(V& v, T& list) {
    v.text("title", list.title, TextRule{}, "The film's title.");
    v.text("prompt", list.prompt, TextRule{200'000}, "The words the film was asked for with.");
    v.integer("width_px", list.width_px, IntegerRule{kSmallestSidePx, kLargestSidePx, 1280},
              "Width of the picture, even.");
    v.integer("height_px", list.height_px, IntegerRule{kSmallestSidePx, kLargestSidePx, 720},
              "Height of the picture, even.");
    v.number("fps", list.fps, NumberRule{1, 120, 24}, "Frames per second.");
    v.integer("seed", list.seed, IntegerRule{0, std::numeric_limits<uint64_t>::max(), 1},
              "The same list with the same seed makes the same film.");
    v.choice("style", list.style, false, "How the world is drawn.");
    v.texts("asked", list.asked, ListRule{400}, kName,
            "What the words asked for although it is the usual choice: \"style:realistic\".");
    v.list("cast", list.cast, ListRule{kMostBodies}, "Everything that can move or be acted upon.");
    v.list("shots", list.shots, ListRule{kMostShots, true}, "The film, shot after shot.");
}

}  // namespace script
