// A warehouse: concrete slab, pallet racks, steel frame, sky lights, roller door, fork-lift aisle.
#include "world/sets/dressing/furniture.h"
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/room_shell.h"

namespace world {

using base::Vec3;

SetModel build_warehouse(const SetOptions& options) {
    SetBuilder set("warehouse", options);
    const Vec3 low{-13, -9, 0}, high{13, 16, 7.5};
    set.floor(low, high * Vec3{1, 1, 0}, painted("concrete", 0x9a9890, "warehouse_floor"));
    RoomShell shell{low, high};
    shell.wall = painted("steel", 0xb9bdb8, "corrugated");
    shell.ceiling = painted("steel", 0xc9ccc8, "corrugated");
    shell.skirting_m = 0;
    shell.left = {{5, 4.2, 3.2, 1.4}, {12, 4.2, 3.2, 1.4}, {19, 4.2, 3.2, 1.4}};
    shell.right = {{6, 4.2, 3.2, 1.4}, {13, 4.2, 3.2, 1.4}, {20, 4.2, 3.2, 1.4}};
    shell.window_frame = painted("steel", 0x8a8f90);
    shell.bars_across = 3;
    ShapeMaker walls = start_room(set, shell);
    // A plinth of blocks, the roller door and a yellow bollard on each side of it.
    walls.paint(painted("concrete", 0x8d8b84, "block_wall"));
    walls.box({0, high.y - 0.03, 0.6}, {26, 0.06, 1.2});
    walls.box({low.x + 0.03, 3.5, 0.6}, {0.06, 25, 1.2});
    walls.box({high.x - 0.03, 3.5, 0.6}, {0.06, 25, 1.2});
    walls.paint(painted("steel", 0x5d7f9c, "roller_door"));
    walls.box({1.2, high.y - 0.06, 2.1}, {4.4, 0.08, 4.2});
    walls.paint(painted("steel", 0x3a3f44));
    walls.box({-1.1, high.y - 0.1, 2.2}, {0.2, 0.2, 4.4}, 0.02);
    walls.box({3.5, high.y - 0.1, 2.2}, {0.2, 0.2, 4.4}, 0.02);
    walls.box({1.2, high.y - 0.16, 4.5}, {4.8, 0.32, 0.45}, 0.04);
    add_door(walls, {5.2, high.y, 0}, 180, 0.95, 2.1, painted("steel", 0x6f7a3a));
    walls.paint(glowing(0x2fd06a, 1.2f));
    walls.box({5.2, high.y - 0.08, 2.45}, {0.45, 0.05, 0.18}, 0.01);
    walls.paint(painted("steel", 0xe0b020));
    for (const double x : {-1.6, 4.0}) {
        walls.cylinder({x, high.y - 0.8, 0}, {x, high.y - 0.8, 1.0}, 0.09, -1, 16);
        walls.collide_cylinder({x, high.y - 0.8, 0}, {x, high.y - 0.8, 1.0}, 0.09, "", "steel");
    }
    set.add("wall", walls.finish());
    {
        ShapeMaker frame("steel_frame", "steel");
        frame.paint(painted("steel", 0x7a2f22, "paint"));
        for (int i = 0; i < 5; ++i) {
            const double y = -8.5 + 6.0 * i;
            for (const double x : {low.x + 0.2, high.x - 0.2}) {
                frame.box({x, y, 3.6}, {0.3, 0.02, 7.2});
                frame.box({x - 0.15, y, 3.6}, {0.02, 0.26, 7.2});
                frame.box({x + 0.15, y, 3.6}, {0.02, 0.26, 7.2});
            }
            frame.box({0, y, 7.1}, {25.4, 0.02, 0.5});
            frame.box({0, y, 6.86}, {25.4, 0.26, 0.025});
            frame.box({0, y, 7.35}, {25.4, 0.26, 0.025});
        }
        set.add("steel_frame", frame.finish());
    }
    {
        ShapeMaker racks("rack", "steel");
        add_pallet_rack(racks, {-7.0, 8.8, 0}, 0, 8.6, 5.2, 3, options.seed + 1);
        add_pallet_rack(racks, {8.2, 8.8, 0}, 0, 7.0, 5.2, 3, options.seed + 2);
        add_pallet_rack(racks, {-7.0, 13.6, 0}, 0, 8.6, 5.2, 3, options.seed + 3);
        add_pallet_rack(racks, {9.0, 13.6, 0}, 0, 6.0, 5.2, 3, options.seed + 4);
        set.add("rack", racks.finish(), {}, "shelf");
        ShapeMaker goods("goods", "cardboard");
        for (int i = 0; i < 3; ++i) {
            const Vec3 at{-5.4 + 1.5 * i, 5.2 + 0.2 * (i % 2), 0};
            add_pallet(goods, at, 8.0 * i);
            for (int k = 0; k < 4 - i; ++k) {
                const Vec3 box =
                    placed(at, 8.0 * i).apply({k % 2 ? 0.28 : -0.28, 0, 0.145 + 0.42 * (k / 2)});
                add_carton(goods, box, 8.0 * i, {0.54, 0.74, 0.415});
                goods.collide_box(box + Vec3{0, 0, 0.2}, {0.54, 0.74, 0.415}, "", "cardboard");
            }
        }
        // Drums.
        const unsigned drum[] = {0x1f5a9a, 0x1f5a9a, 0x9a2a22};
        for (int i = 0; i < 3; ++i) {
            const Vec3 at{5.2 + 0.66 * (i % 2), 5.6 + 0.6 * (i / 2), 0};
            goods.paint(painted("steel", drum[i], "paint"));
            goods.lathe(at,
                        {{0.001, 0},
                         {0.285, 0},
                         {0.292, 0.01},
                         {0.285, 0.02},
                         {0.285, 0.28},
                         {0.295, 0.295},
                         {0.285, 0.31},
                         {0.285, 0.57},
                         {0.295, 0.585},
                         {0.285, 0.6},
                         {0.285, 0.86},
                         {0.292, 0.87},
                         {0.285, 0.88},
                         {0.27, 0.87},
                         {0.001, 0.87}},
                        28);
            goods.collide_cylinder(at, at + Vec3{0, 0, 0.88}, 0.29, "", "steel");
        }
        add_pallet(goods, {7.2, 4.4, 0}, 20);
        add_pallet(goods, {7.2, 4.4, 0.146}, 23);
        add_pallet(goods, {7.2, 4.4, 0.292}, 19);
        set.add("goods", goods.finish());
    }
    for (int i = 0; i < 3; ++i) {
        for (const double x : {-5.5, 0.0, 5.5}) {
            set.ceiling_panel({x, -5.0 + 7.0 * i, 6.3}, 1.3, 0.5, 15000, 4600);
        }
    }
    set.room(low, high, "concrete", "steel", "steel");
    set.camera_bounds({-11, -8.5, 0.1}, {11, 7.5, 6.0});
    set.anchor("stage", {0, 0, 0}, 0, 3.6);
    set.anchor("door", {5.2, high.y - 1.0, 0}, -90, 0.6);
    set.anchor("ceiling", {0, 0.5, 7.0}, 0, 1.5);
    set.camera({-1.9, -5.9, 1.5}, {0.4, 1.8, 1.25}, 27);
    set.model().ambience = "warehouse";
    return set.finish();
}

}  // namespace world
