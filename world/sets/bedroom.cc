// A bedroom in the morning: bed, bedside tables, wardrobe, rug, window with curtains.
#include "world/sets/dressing/furniture.h"
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec3;

SetModel build_bedroom(const SetOptions& options) {
    SetBuilder set("bedroom", options);
    const Vec3 low{-3.3, -3.4, 0}, high{3.1, 2.7, 2.65};
    set.floor(low, high * Vec3{1, 1, 0}, painted("wood", 0xb98d5d, "plank_floor"));
    RoomShell shell{low, high};
    shell.wall = painted("plaster", 0xb8c4cc, "wallpaper_stripes");
    shell.left = {{3.0, 0.75, 1.8, 1.6}};
    shell.back = {{5.2, 0.85, 1.2, 1.45}};
    ShapeMaker walls = start_room(set, shell);
    add_door(walls, {high.x, -2.2, 0}, 90, 0.85, 2.03);
    add_picture(walls, {0.75, high.y, 1.85}, 180, 0.9, 0.62, plain("paper", "painting_landscape"),
                painted("wood", 0xd9cdb5, "paint"));
    set.add("wall", walls.finish());
    ShapeMaker rug("rug", "wool");
    rug.paint(painted("wool", 0xe8e0cf, "rug_stripes"));
    rug.box({0.1, -0.55, 0.008}, {2.6, 1.7, 0.016}, 0.006);
    set.add("rug", rug.finish());
    ShapeMaker bed("bed", "wood");
    add_bed(bed, {0.75, 1.55, 0}, 180, {1.6, 2.0, 0.5}, painted("wood", 0x8a5a34, "grain_uv"),
            painted("cotton", 0x5f7f9a, "quilt"));
    set.add("bed", bed.finish());
    ShapeMaker decor("furniture", "wood");
    const Paint wood = painted("wood", 0x8a5a34, "grain_uv");
    add_cabinet(decor, {-0.42, high.y, 0}, 180, {0.5, 0.4, 0.52}, 1, 2, wood, plain("brass"));
    add_cabinet(decor, {1.92, high.y, 0}, 180, {0.5, 0.4, 0.52}, 1, 2, wood, plain("brass"));
    add_cabinet(decor, {high.x, -0.35, 0}, 90, {1.5, 0.58, 2.1}, 2, 1,
                painted("wood", 0xece5d6, "paint"), plain("brass"));
    add_table_lamp(decor, {-0.42, high.y - 0.2, 0.52}, painted("ceramic", 0xd8cdb8),
                   set.night() ? 2.4f : 0.6f);
    add_table_lamp(decor, {1.92, high.y - 0.2, 0.52}, painted("ceramic", 0xd8cdb8),
                   set.night() ? 2.4f : 0.6f);
    add_curtain(decor, {low.x + 0.05, 1.05, 2.5}, -90, 0.5, 2.45, 6, painted("fabric", 0xe5dfd0));
    add_curtain(decor, {low.x + 0.05, -1.45, 2.5}, -90, 0.5, 2.45, 6, painted("fabric", 0xe5dfd0));
    add_plant(decor, {-2.85, 2.3, 0}, 1.1, options.seed + 8);
    add_chair(decor, {-2.5, -1.9, 0}, 40, painted("wood", 0xece5d6, "paint"),
              painted("fabric", 0x8a9a6a));
    set.add("furniture", decor.finish());
    const double evening = set.night() ? 1.5 : 0.6;
    set.sphere_lamp({-0.42, high.y - 0.2, 0.9}, 0.09, 430 * evening, 2700).invisible = true;
    set.sphere_lamp({1.92, high.y - 0.2, 0.9}, 0.09, 430 * evening, 2700).invisible = true;
    set.ceiling_panel({0, -0.4, high.z - 0.03}, 0.6, 0.6, set.night() ? 1800 : 1700, 3000);
    set.rectangle_lamp({-1.0, -3.1, 2.4}, {0.4, 1.0, 0.6}, 1.6, 0.9, 1700, 4400).invisible = true;
    set.room(low, high, "wood", "plaster", "plaster");
    set.anchor("stage", {0.1, -0.6, 0.016}, 0, 1.1);
    set.anchor("bed", {0.75, 1.4, 0.57}, -90, 0.7);
    set.anchor("table_top", {-0.42, high.y - 0.26, 0.52}, 0, 0.15);
    set.anchor("door", {high.x - 0.5, -2.2, 0}, 180, 0.5);
    set.anchor("window", {low.x + 0.2, -0.2, 0.8}, 0, 0.4);
    set.camera({-1.5, -2.95, 1.45}, {0.45, 0.9, 0.75}, 26);
    set.model().ambience = "room";
    return set.finish();
}

}  // namespace world
