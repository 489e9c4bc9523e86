// Puts a set together: bodies, lamps, anchors, camera. One builder per build_set call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/random.h"
#include "world/sets/set.h"
#include "world/sets/shape_maker.h"

namespace world {

enum class Hour { Day, Dawn, Sunset, Night };

// A hole in a wall, measured along it from its start and up from the floor.
struct Opening {
    double along_m = 0;  // centre
    double sill_m = 0.9;
    double width_m = 1.2, height_m = 1.4;
};

class SetBuilder {
public:
    SetBuilder(std::string name, const SetOptions& options);

    const SetOptions& options() const { return options_; }
    Hour hour() const { return hour_; }
    bool night() const { return hour_ == Hour::Night; }
    bool dark_enough_for_lamps() const { return hour_ != Hour::Day; }
    base::Rng& rng() { return rng_; }
    SetModel& model() { return model_; }

    // Static body; `part` is what events call it ("floor", "wall"), "" = its name.
    Body& add(std::string name, ShapePtr shape, const base::Transform& pose = {},
              std::string part = "");
    // A thing of world/shapes, standing. Nothing happens when the kind has no builder.
    void prop(std::string_view kind, base::Vec3 position, double yaw_deg = 0, double size_m = 0,
              std::string_view material = "", std::optional<base::Vec3f> colour = {});
    // Same, but a loose thing at rest that can be knocked over.
    void loose(std::string_view kind, base::Vec3 position, double yaw_deg = 0, double size_m = 0,
               std::string_view material = "", std::optional<base::Vec3f> colour = {});

    // The ground: top at z, box collision half a metre thick. `own` unless SetOptions::floor.
    void floor(base::Vec3 low, base::Vec3 high, Paint own);
    // What SetOptions::floor / wall make of a paint.
    Paint floor_paint(Paint own) const;
    Paint wall_paint(Paint own) const;

    // A wall of `maker` from a to b (its inner face; the room lies to the left of a->b), with
    // openings. Collision is the whole wall, holes too (panes close them).
    static void wall(ShapeMaker& maker, base::Vec3 a, base::Vec3 b, double height, double thickness,
                     const std::vector<Opening>& openings = {});

    // Rectangle that shines down, with a glowing panel in a housing when `housing`.
    void ceiling_panel(base::Vec3 centre, double width, double depth, double power_lm,
                       double temperature_K = 4000, bool housing = true);
    // Lamp without a body of its own.
    Lamp& rectangle_lamp(base::Vec3 centre, base::Vec3 shines_toward, double width, double height,
                         double power_lm, double temperature_K);
    Lamp& sphere_lamp(base::Vec3 centre, double diameter, double power_lm, double temperature_K);
    // A window in the opening of a wall (same a, b as the wall): frame, bars, pane, view behind,
    // and daylight as a lamp inside it. `room_lm` is the light it brings on a bright day.
    void window(ShapeMaker& maker, base::Vec3 a, base::Vec3 b, double thickness,
                const Opening& opening, double room_lm, int bars_across = 1, int bars_up = 1,
                Paint frame = {});

    Anchor& anchor(std::string name, base::Vec3 position, double yaw_deg = 0,
                   double radius_m = 0.5);
    void camera(base::Vec3 eye, base::Vec3 target, double lens_mm);
    void camera_bounds(base::Vec3 low, base::Vec3 high);
    void room(base::Vec3 low, base::Vec3 high, std::string floor_material,
              std::string wall_material, std::string ceiling_material);
    void outdoors(base::Vec3 low, base::Vec3 high, std::string floor_material);

    SetModel finish();

private:
    SetOptions options_;
    Hour hour_ = Hour::Day;
    base::Rng rng_;
    SetModel model_;
    int prop_count_ = 0;
};

base::Transform placed(base::Vec3 position, double yaw_deg = 0);

}  // namespace world
