// The hall of an old house with a wide oak staircase that comes down toward the right.
#include <cmath>

#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec3;

namespace {

constexpr int kSteps = 13;
constexpr double kRise = 0.165, kTread = 0.31, kNose = 0.025;
constexpr double kBottomX = -1.0;          // face of the lowest riser
constexpr double kNear = 0.2, kFar = 3.4;  // the flight's sides, y
constexpr Vec3 kLow{-10.5, -6.0, 0}, kHigh{5.2, 3.6, 5.6};
constexpr double kTop = kSteps * kRise;
constexpr double kTopX = kBottomX - (kSteps - 1) * kTread;

void flight(SetBuilder& set) {
    ShapeMaker maker("stairs", "wood");
    const Paint tread = set.floor_paint(painted("wood", 0x96602f, "grain_uv"));
    const Paint riser = tread.material == "wood" ? painted("wood", 0xeae4d6, "paint") : tread;
    const double mid = (kNear + kFar) / 2, wide = kFar - kNear;
    for (int i = 0; i < kSteps; ++i) {
        const double top = (i + 1) * kRise, face = kBottomX - i * kTread;
        const bool last = i == kSteps - 1;
        const double back = last ? kLow.x : face - kTread;
        maker.paint(tread);
        maker.box({(face + kNose + back) / 2, mid, top - 0.018},
                  {face + kNose - back, wide + (last ? 0.0 : 0.04), 0.036}, 0.012);
        maker.paint(riser);
        maker.box({face - 0.011, mid, top - kRise / 2 - 0.018}, {0.02, wide, kRise - 0.036});
        // Physics sees what eyes see: tread with nose, then the block under it.
        const double c = (kNear + kHigh.y) / 2, w = kHigh.y - kNear;  // up to the wall
        maker.collide_box({(face + kNose + back) / 2, c, top - 0.018},
                          {face + kNose - back, w, 0.036}, "step", tread.material);
        maker.collide_box({(face + back) / 2, c, (top - 0.036) / 2}, {face - back, w, top - 0.036},
                          "step", tread.material);
    }
    // Closed string on the near side, cut to the steps, with a panelled wall under it.
    maker.paint(riser);
    for (int i = 0; i < kSteps - 1; ++i) {
        const double top = (i + 1) * kRise - 0.036, face = kBottomX - i * kTread;
        maker.box({face - kTread / 2, kNear - 0.012, top / 2}, {kTread, 0.024, top});
    }
    maker.box({(kTopX + kLow.x) / 2, kNear - 0.012, (kTop - 0.036) / 2},
              {kTopX - kLow.x, 0.024, kTop - 0.036});
    maker.paint(painted("wood", 0xdcd5c5, "paint"));
    for (int i = 0; i < 5; ++i) {
        const double x = kTopX - 0.65 - 1.05 * i;
        maker.box({x, kNear - 0.03, kTop * 0.47}, {0.86, 0.02, kTop * 0.72}, 0.012);
    }
    // A runner held by brass rods.
    const double carpet = 1.5;
    Paint runner = painted("carpet", 0x7c1f25, "runner");
    maker.paint(runner);
    if (tread.material == "wood") {
        for (int i = 0; i < kSteps; ++i) {
            const double top = (i + 1) * kRise, face = kBottomX - i * kTread;
            const double back = i == kSteps - 1 ? kLow.x : face - kTread;
            maker.box({(face + kNose + back) / 2 + 0.003, mid, top + 0.002},
                      {face + kNose - back, carpet, 0.008}, 0.003);
            maker.box({face + 0.002, mid, top - kRise / 2}, {0.008, carpet, kRise - 0.02}, 0.002);
        }
        maker.paint(plain("brass"));
        for (int i = 0; i < kSteps - 1; ++i) {
            const double x = kBottomX - (i + 1) * kTread + 0.012, z = (i + 1) * kRise + 0.016;
            maker.cylinder({x, mid - carpet / 2 - 0.05, z}, {x, mid + carpet / 2 + 0.05, z}, 0.007,
                           -1, 8);
        }
    }
    set.add("stairs", maker.finish());
}

void balustrade(SetBuilder& set) {
    // On the far side and around the landing's front; the near side of the flight stays open to the
    // camera, as stage sets do.
    ShapeMaker maker("balustrade", "wood");
    const double y = kFar - 0.06, slope = kRise / kTread;
    const auto height_at = [&](double x) { return std::clamp((kBottomX - x) * slope, 0.0, kTop); };
    maker.paint(painted("wood", 0xefeae0, "paint"));
    for (int i = 0; i < (kSteps - 1) * 2; ++i) {
        const double x = kBottomX - 0.08 - i * kTread / 2;
        const double foot = std::min(kTop, (std::floor((kBottomX - x) / kTread) + 1) * kRise);
        const double top = height_at(x) + 0.98;
        maker.lathe({x, y, 0},
                    {{0.018, foot},
                     {0.018, foot + 0.12},
                     {0.027, foot + 0.2},
                     {0.016, foot + 0.42},
                     {0.021, top - 0.15},
                     {0.015, top}},
                    10);
    }
    maker.paint(painted("wood", 0x6b3c1c, "grain_uv"));
    maker.tube({{kBottomX + 0.12, y, 1.0},
                {kBottomX - 0.1, y, 1.04},
                {kTopX, y, kTop + 0.98},
                {kTopX - 0.2, y, kTop + 1.0},
                {kLow.x, y, kTop + 1.0}},
               0.034, 12);
    maker.lathe({kBottomX + 0.16, y, 0},
                {{0.07, 0},
                 {0.07, 0.25},
                 {0.05, 0.3},
                 {0.055, 0.95},
                 {0.08, 1.0},
                 {0.085, 1.06},
                 {0.05, 1.12},
                 {0.001, 1.14}},
                20);
    set.add("rail", maker.finish());
}

}  // namespace

SetModel build_stairs(const SetOptions& options) {
    SetBuilder set("stairs", options);
    set.floor(kLow, kHigh * Vec3{1, 1, 0}, plain("marble_stone", "checker_marble"));

    const Paint plaster = set.wall_paint(painted("plaster", 0xcfc3a6, "wallpaper_damask"));
    const double thick = 0.3, height = kHigh.z;
    const Vec3 sw{kLow.x, kLow.y, 0}, se{kHigh.x, kLow.y, 0}, ne{kHigh.x, kHigh.y, 0},
        nw{kLow.x, kHigh.y, 0};
    ShapeMaker walls("wall", plaster.material);
    walls.paint(plaster);
    const std::vector<Opening> tall{{1.9, 0.75, 1.5, 3.2}, {12.6, 2.95, 1.5, 2.1}};
    const std::vector<Opening> side{{7.0, 0.8, 1.6, 3.2}};
    SetBuilder::wall(walls, ne, nw, height, thick, tall);
    SetBuilder::wall(walls, se, ne, height, thick, side);
    SetBuilder::wall(walls, sw, se, height, thick);
    SetBuilder::wall(walls, nw, sw, height, thick);
    set.window(walls, ne, nw, thick, tall[0], 7000, 1, 3);
    set.window(walls, ne, nw, thick, tall[1], 6000, 1, 2);
    set.window(walls, se, ne, thick, side[0], 9000, 1, 3);
    // Panelling to 1 m on the ground floor, dado rail, cornice.
    walls.paint(painted("wood", 0xe9e3d5, "paint"));
    walls.box({2.1, kHigh.y - 0.012, 0.48}, {6.2, 0.024, 0.96});
    walls.box({2.1, kHigh.y - 0.03, 0.99}, {6.2, 0.06, 0.05}, 0.015);
    for (int i = 0; i < 5; ++i) {
        walls.box({-0.45 + i * 1.22, kHigh.y - 0.03, 0.55}, {0.98, 0.02, 0.62}, 0.01);
    }
    walls.box({kHigh.x - 0.012, 0, 0.48}, {0.024, kHigh.y - kLow.y, 0.96});
    walls.box({kHigh.x - 0.03, 0, 0.99}, {0.06, kHigh.y - kLow.y, 0.05}, 0.015);
    add_skirting(walls, kLow, kHigh, 0.16, painted("wood", 0xe4ddce, "paint"));
    walls.paint(painted("plaster", 0xf3efe6));
    walls.box({(kLow.x + kHigh.x) / 2, kHigh.y - 0.09, height - 0.1}, {15.7, 0.18, 0.2}, 0.06);
    walls.box({kHigh.x - 0.09, (kLow.y + kHigh.y) / 2, height - 0.1}, {0.18, 9.6, 0.2}, 0.06);
    // Paintings climb with the flight.
    for (int i = 0; i < 3; ++i) {
        Paint canvas = plain("paper", i == 1 ? "painting_portrait" : "painting_landscape");
        add_picture(walls, {-2.2 - 1.45 * i, kHigh.y, 2.75 + 0.42 * i}, 180, i == 1 ? 0.7 : 0.95,
                    i == 1 ? 0.9 : 0.7, canvas, plain("gold"));
    }
    add_door(walls, {-8.9, kHigh.y, kTop}, 180, 0.95, 2.1, painted("wood", 0x7a4a25, "paint"));
    set.add("wall", walls.finish());

    ShapeMaker ceiling("ceiling", "plaster");
    ceiling.paint(painted("plaster", 0xf1ece1));
    ceiling.solid({(kLow.x + kHigh.x) / 2, (kLow.y + kHigh.y) / 2, height + 0.1},
                  {16.5, 10.4, 0.2});
    set.add("ceiling", ceiling.finish());

    flight(set);
    balustrade(set);

    ShapeMaker decor("hall_table", "wood");
    add_table(decor, {4.55, 2.1, 0}, 90, {1.2, 0.4, 0.82}, 0.03,
              painted("wood", 0x5d3319, "grain_uv"), painted("wood", 0x4a2712, "paint"));
    add_plant(decor, {4.4, -1.2, 0}, 1.5, options.seed + 3);
    decor.paint(painted("ceramic", 0x274b7a, "vase_blue"));
    decor.lathe({4.55, 2.25, 0.82},
                {{0.05, 0},
                 {0.09, 0.08},
                 {0.1, 0.17},
                 {0.05, 0.28},
                 {0.045, 0.31},
                 {0.065, 0.34},
                 {0.05, 0.335},
                 {0.035, 0.3}},
                24);
    decor.collide_cylinder({4.55, 2.25, 0.82}, {4.55, 2.25, 1.16}, 0.08, "", "ceramic");
    add_pendant(decor, {1.6, 0.4, height}, 1.6, 0.28, plain("brass"));
    set.add("hall_furniture", decor.finish());

    set.sphere_lamp({1.6, 0.4, height - 1.56}, 0.16, 4200, 2900);
    set.rectangle_lamp({-4.2, 1.6, height - 0.05}, {-4.2, 1.6, 0}, 1.6, 1.0, 6500, 3300).invisible =
        true;
    set.rectangle_lamp({0.8, -3.4, height - 0.05}, {0.8, -3.4, 0}, 2.2, 1.4, 7500, 3600).invisible =
        true;

    set.room(kLow, kHigh, "marble_stone", "plaster", "plaster");
    set.anchor("stage", {0.6, 1.0, 0}, 0, 1.8);
    set.anchor("bottom_of_stairs", {kBottomX + 0.7, (kNear + kFar) / 2, 0}, 0, 0.8);
    set.anchor("top_of_stairs", {kTopX - 0.55, (kNear + kFar) / 2, kTop}, 0, 0.7);
    set.anchor("door", {-8.9, kHigh.y - 0.6, kTop}, -90, 0.5);
    set.camera({2.6, -4.9, 1.55}, {-2.0, 1.6, 1.25}, 27);
    set.model().ambience = "hall";
    return set.finish();
}

}  // namespace world
