#include "studio/director/staging/picture_set.h"

#include "world/sets/set_builder.h"

namespace studio {

using base::Vec3;

world::SetModel picture_set(const world::SetModel& replaced, const world::SetOptions& options) {
    constexpr double kReach_m = 150;
    world::SetBuilder set("picture", options);
    world::Paint ground;
    ground.material = replaced.room.floor_material;
    set.floor({-kReach_m, -kReach_m, 0}, {kReach_m, kReach_m, 0}, ground);
    set.anchor("stage", {}, 0, 3);
    set.camera({0, -5, 1.5}, {0, 0, 0.8}, 43);
    set.camera_bounds({-kReach_m, -kReach_m, 0.1}, {kReach_m, kReach_m, kReach_m});
    world::SetModel model = set.finish();
    model.room = replaced.room;
    model.ambience = replaced.ambience;
    model.has_sky = replaced.has_sky;
    return model;
}

}  // namespace studio
