// A set: the place where a shot happens. Static bodies, named parts, lamps, anchors for staging.
//
// Names of sets are words of script/words/sets; every one has a builder here (tested).
// Origin: floor, centre of the stage (where the main action goes); +x is away from the default
// camera's left..., i.e. the default camera stands at -y looking toward +y; x to the right, z up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/math/transform.h"
#include "world/scene/scene.h"

namespace world {

enum class LampShape { Rectangle, Sphere };

// Area light; a visible emitter unless `invisible`.
struct Lamp {
    LampShape shape = LampShape::Rectangle;
    base::Transform pose;                  // rectangle in local x, y; shines along local -z
    double width_m = 0.3, height_m = 0.3;  // sphere: width = diameter
    double power_lm = 3000;
    double temperature_K = 4000;
    bool invisible = false;
    bool night_only = false;  // street lamps
};

// A named place for staging: "stage", "table_top", "shelf_edge", "hoop", "top_of_stairs",
// "pool_edge", "water", "lane_start", "pins". z axis up, x axis = natural direction of motion.
struct Anchor {
    std::string name;
    base::Transform pose;
    double radius_m = 0.5;  // free space around it
};

struct Room {
    bool outdoors = false;
    base::Vec3 low{-5, -5, 0}, high{5, 5, 3};  // inside of the walls; outdoors: play area
    std::string floor_material = "concrete", wall_material = "plaster",
                ceiling_material = "plaster";
};

struct SetOptions {
    std::string floor;  // material of the surface in play, "" = own
    std::string wall;
    std::string time;     // "", "dawn", "day", "sunset", "night"
    std::string weather;  // "", "clear", "cloudy", "rain", "snow", "fog", "wind"
    uint64_t seed = 1;
};

struct SetModel {
    std::string name;
    std::vector<Body> bodies;  // motion Static (a few Dynamic props at rest: asleep = true)
    std::vector<Lamp> lamps;
    std::vector<Anchor> anchors;  // always has "stage" (the surface in play)
    std::vector<ScoreGate> gates;
    std::optional<Water> water;
    Room room;
    bool has_sky = false;  // sun and sky light it
    // Where cameras may stand, and a good default: eye, look-at point, lens.
    base::Bounds camera_bounds;
    base::Vec3 camera_eye{0, -5, 1.6}, camera_target{0, 0, 0.8};
    double camera_lens_mm = 35;
    std::string ambience;  // sound/ambience key: "gym", "kitchen", "beach"

    const Anchor* anchor(std::string_view name) const {
        for (const Anchor& a : anchors)
            if (a.name == name) return &a;
        return nullptr;
    }
};

// Empty optional when there is no such set.
std::optional<SetModel> build_set(std::string_view name, const SetOptions& options);
std::vector<std::string> set_names();

}  // namespace world
