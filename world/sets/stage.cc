// A theatre stage: boards, red curtains with swags, proscenium, spot lights, empty rows below.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

SetModel build_stage(const SetOptions& options) {
    SetBuilder set("stage", options);
    const Vec3 low{-7.5, -9.5, 0}, high{7.5, 5.2, 7.0};
    const double front = -3.6;  // edge of the stage; the hall's floor lies 1 m below
    {
        const Paint boards = set.floor_paint(painted("wood", 0x6b4a30, "stage_boards"));
        ShapeMaker floor("floor", boards.material);
        floor.paint(boards);
        floor.quad({low.x, front, 0}, {high.x, front, 0}, {high.x, high.y, 0}, {low.x, high.y, 0});
        floor.collide_box({0, (front + high.y) / 2, -0.25}, {15, high.y - front, 0.5});
        floor.paint(painted("wood", 0x3d2717, "grain_uv"));
        floor.box({0, front - 0.02, -0.5}, {15, 0.06, 1.0}, 0.02);
        set.add("floor", floor.finish());
        ShapeMaker hall("hall_floor", "carpet");
        hall.paint(painted("carpet", 0x5a1518));
        hall.quad({low.x, low.y, -1}, {high.x, low.y, -1}, {high.x, front, -1}, {low.x, front, -1});
        hall.collide_box({0, (low.y + front) / 2, -1.25}, {15, front - low.y, 0.5});
        set.add("hall_floor", hall.finish());
    }
    ShapeMaker walls("wall", "wood");
    walls.paint(painted("plaster", 0x18161a));
    SetBuilder::wall(walls, {high.x, high.y, 0}, {low.x, high.y, 0}, high.z, 0.3);
    SetBuilder::wall(walls, {high.x, low.y, -1}, {high.x, high.y, -1}, high.z + 1, 0.3);
    SetBuilder::wall(walls, {low.x, low.y, -1}, {high.x, low.y, -1}, high.z + 1, 0.3);
    SetBuilder::wall(walls, {low.x, high.y, -1}, {low.x, low.y, -1}, high.z + 1, 0.3);
    set.add("wall", walls.finish());
    ShapeMaker ceiling("ceiling", "plaster");
    ceiling.paint(painted("plaster", 0x131215));
    ceiling.solid({0, -2.1, high.z + 0.1}, {15.6, 15.3, 0.2});
    set.add("ceiling", ceiling.finish());

    ShapeMaker curtain("curtain", "fabric");
    const Paint velvet =
        painted("fabric", set.options().wall.empty() ? 0x8a1520 : 0x5a2a6a, "velvet");
    curtain.paint(velvet);
    add_curtain(curtain, {0, 3.9, 6.3}, 180, 13.4, 6.28, 34, velvet);
    add_curtain(curtain, {-6.1, 1.6, 6.6}, 180, 2.4, 6.56, 7, velvet);
    add_curtain(curtain, {6.1, 1.6, 6.6}, 180, 2.4, 6.56, 7, velvet);
    add_curtain(curtain, {-6.5, -1.2, 6.6}, 180, 1.9, 6.56, 6, velvet);
    add_curtain(curtain, {6.5, -1.2, 6.6}, 180, 1.9, 6.56, 6, velvet);
    // The border above: swags with a gold fringe.
    for (int i = 0; i < 6; ++i) {
        const double x0 = -6.6 + 2.2 * i;
        const auto swag = [&](double s, double t) {
            const double sag = std::sin(base::kPi * s);
            return Vec3{x0 + 2.2 * s, -1.55 - 0.05 * std::sin(t * 22) - 0.16 * sag * t,
                        6.7 - t * (0.55 + 0.62 * sag)};
        };
        curtain.paint(velvet).sheet(16, 22, [&](double s, double t) { return swag(s, t); });
        std::vector<Vec3> fringe;
        for (int k = 0; k <= 14; ++k) fringe.push_back(swag(k / 14.0, 1.0) + Vec3{0, -0.01, -0.03});
        curtain.paint(painted("gold", 0xd9a83a)).tube(fringe, 0.035, 8);
    }
    set.add("curtain", curtain.finish());
    {
        // Proscenium: gilt frame between hall and stage.
        ShapeMaker frame("proscenium", "plaster");
        frame.paint(painted("gold", 0xc79a45));
        for (const double s : {-1.0, 1.0}) {
            frame.solid({s * 6.9, front + 0.5, 3.0}, {0.5, 0.6, 8.0}, 0.06);
            for (int k = 0; k < 3; ++k)
                frame.cylinder({s * (6.72 + 0.15 * k), front + 0.17, -1},
                               {s * (6.72 + 0.15 * k), front + 0.17, 6.6}, 0.05, -1, 12);
        }
        frame.box({0, front + 0.5, 6.75}, {14.3, 0.6, 0.5}, 0.06);
        set.add("proscenium", frame.finish());
    }
    {
        ShapeMaker rig("spot_rig", "steel");
        rig.paint(painted("steel", 0x1c1e21));
        for (const double y : {-1.9, 1.0})
            rig.cylinder({-6.8, y, 6.15}, {6.8, y, 6.15}, 0.03, -1, 10);
        for (int i = 0; i < 8; ++i) {
            const double x = -5.6 + 1.6 * i, y = i % 2 ? -1.9 : 1.0;
            const Vec3 from{x, y, 5.95}, aim{x * 0.25, 0.2, 0.4};
            const Vec3 d = normalize(aim - from);
            rig.paint(painted("steel", 0x151618));
            rig.cylinder(from - d * 0.22, from + d * 0.2, 0.1, 0.13, 20);
            rig.box(from + Vec3{0, 0, 0.12}, {0.28, 0.03, 0.2}, 0.01);
        }
        // Footlights along the edge.
        for (int i = 0; i < 11; ++i) {
            const double x = -5.5 + 1.1 * i;
            rig.paint(plain("brass"));
            rig.ellipsoid({x, front + 0.12, 0.03}, {0.12, 0.08, 0.09}, 14);
        }
        set.add("spot_rig", rig.finish());
    }
    {
        ShapeMaker seats("seats", "fabric");
        for (int row = 0; row < 4; ++row) {
            for (int i = 0; i < 18; ++i) {
                const double x = -5.4 + 0.62 * i + 0.1 * (row % 2), y = front - 1.9 - 0.95 * row;
                seats.paint(painted("fabric", 0x7a1820, "velvet"));
                seats.box({x, y, -0.55}, {0.5, 0.45, 0.12}, 0.04);
                seats.box({x, y - 0.24, -0.28}, {0.5, 0.1, 0.6}, 0.05);
                seats.paint(painted("wood", 0x4a2a18, "paint"));
                seats.box({x + 0.29, y - 0.02, -0.55}, {0.06, 0.5, 0.5}, 0.02);
            }
        }
        set.add("seats", seats.finish());
    }
    // Warm key from the left, cooler from the right, a back light that draws the rim, soft fill.
    set.rectangle_lamp({-4.2, -2.0, 5.9}, {0, 0.2, 0.9}, 0.5, 0.5, 14000, 3300).invisible = true;
    set.rectangle_lamp({4.2, -2.0, 5.9}, {0, 0.2, 0.9}, 0.5, 0.5, 8500, 4400).invisible = true;
    set.rectangle_lamp({0.6, 2.4, 6.2}, {0, 0.2, 0.6}, 0.6, 0.4, 8000, 5600).invisible = true;
    set.rectangle_lamp({0, -6.5, 5.5}, {0, 1.0, 2.0}, 4.0, 0.6, 6500, 3600).invisible = true;
    for (const double x : {-4.0, 0.0, 4.0}) {
        set.rectangle_lamp({x, 3.1, 6.2}, {x, 3.7, 1.0}, 1.6, 0.2, 3800, 3000).invisible = true;
    }
    set.room({low.x, low.y, 0}, high, "wood", "fabric", "plaster");
    set.camera_bounds({-6.2, -9.0, -0.4}, {6.2, 3.2, 5.5});
    set.anchor("stage", {0, 0, 0}, 0, 3.0);
    set.camera({-1.0, -6.4, 1.35}, {0.2, 0.6, 1.35}, 30);
    set.model().ambience = "theatre";
    return set.finish();
}

}  // namespace world
