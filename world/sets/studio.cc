// A photo studio: seamless sweep from floor to wall, soft boxes, a stand or two at the edges.
#include <cmath>

#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

SetModel build_studio(const SetOptions& options) {
    SetBuilder set("studio", options);
    const Vec3 low{-7, -8, 0}, high{7, 5, 5};
    const Paint own = set.floor_paint(painted("plaster", 0xd2d4d6));
    {
        ShapeMaker sweep("floor", own.material);
        sweep.paint(own);
        const double bend = 1.8, back = 4.4;
        sweep.sheet(2, 40, [&](double s, double t) {
            // Flat, quarter circle, wall: one smooth sheet.
            const double flat = back - bend - low.y, arc = bend * base::kPi / 2,
                         rise = high.z - bend;
            const double along = t * (flat + arc + rise), x = low.x + (high.x - low.x) * s;
            if (along < flat) return Vec3{x, low.y + along, 0};
            if (along < flat + arc) {
                const double a = (along - flat) / bend;
                return Vec3{x, low.y + flat + bend * std::sin(a), bend - bend * std::cos(a)};
            }
            return Vec3{x, back, bend + along - flat - arc};
        });
        sweep.collide_last_sheet("", own.material);
        sweep.collide_box({0, (low.y + back - bend) / 2, -0.25}, {14, back - bend - low.y, 0.5}, "",
                          own.material);
        set.add("floor", sweep.finish());
    }
    ShapeMaker walls("wall", "plaster");
    walls.paint(set.wall_paint(painted("plaster", 0x9a9c9f)));
    SetBuilder::wall(walls, {high.x, high.y, 0}, {low.x, high.y, 0}, high.z, 0.2);
    SetBuilder::wall(walls, {high.x, low.y, 0}, {high.x, high.y, 0}, high.z, 0.2);
    SetBuilder::wall(walls, {low.x, low.y, 0}, {high.x, low.y, 0}, high.z, 0.2);
    SetBuilder::wall(walls, {low.x, high.y, 0}, {low.x, low.y, 0}, high.z, 0.2);
    set.add("wall", walls.finish());
    ShapeMaker ceiling("ceiling", "plaster");
    ceiling.paint(painted("plaster", 0x8a8c8f));
    ceiling.solid({0, -1.5, high.z + 0.1}, {14.4, 13.4, 0.2});
    set.add("ceiling", ceiling.finish());
    // Key from the front left, big and soft; fill from the right; a strip behind for the rim; top.
    set.rectangle_lamp({-3.9, -3.1, 3.4}, {0, 0, 0.8}, 1.8, 1.8, 11000, 5400);
    set.rectangle_lamp({4.6, -2.6, 2.6}, {0, 0, 0.8}, 1.6, 2.2, 4200, 5600);
    set.rectangle_lamp({0, 0.4, 4.8}, {0, 0.6, 0}, 3.4, 2.4, 8500, 5400);
    set.rectangle_lamp({3.6, 2.9, 4.3}, {0, 0.2, 0.8}, 1.2, 0.5, 3800, 5800);
    ShapeMaker stands("light_stands", "steel");
    const Vec3 heads[] = {{-3.9, -3.1, 3.4}, {4.6, -2.6, 2.6}};
    for (const Vec3& head : heads) {
        const Vec3 aim = normalize(Vec3{0, 0, 0.8} - head), behind = head - aim * 0.28;
        stands.paint(painted("fabric", 0x111214));
        stands.cylinder(head - aim * 0.02, head - aim * 0.55, 1.25, 0.14, 4);
        stands.paint(painted("plastic", 0x17181a));
        stands.cylinder(head - aim * 0.5, head - aim * 0.85, 0.1, -1, 16);
        const Vec3 top = behind - aim * 0.4;
        stands.cylinder({top.x, top.y, 0.5}, {top.x, top.y, top.z}, 0.02, -1, 10);
        for (int i = 0; i < 3; ++i) {
            const double a = 2.094 * i + 0.5;
            stands.cylinder({top.x, top.y, 0.75},
                            {top.x + 0.55 * std::cos(a), top.y + 0.55 * std::sin(a), 0.02}, 0.014,
                            -1, 8);
        }
    }
    set.add("light_stands", stands.finish());
    set.room(low, high, own.material, "plaster", "plaster");
    set.camera_bounds({-5.5, -7.6, 0.1}, {5.5, 2.5, 4.4});
    set.anchor("stage", {0, 0, 0}, 0, 2.4);
    set.camera({-1.2, -4.6, 1.3}, {0.1, 0.1, 0.62}, 35);
    set.model().ambience = "studio";
    return set.finish();
}

}  // namespace world
