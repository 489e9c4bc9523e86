// A lived-in kitchen: fitted units along the back, an open shelf above the counter, window, table.
#include "world/sets/dressing/interior.h"
#include "world/sets/places.h"
#include "world/sets/set_builder.h"

namespace world {

using base::Vec2;
using base::Vec3;

namespace {

constexpr Vec3 kLow{-3.2, -3.4, 0}, kHigh{3.0, 2.4, 2.65};
constexpr double kCounterTop = 0.91, kCounterDepth = 0.62;
constexpr double kShelfZ = 1.38, kShelfDepth = 0.28;  // over bare floor: things fall all the way
const double kBack = kHigh.y;

void handle(ShapeMaker& maker, Vec3 at, bool upright) {
    maker.paint(plain("brass"));
    const Vec3 d = upright ? Vec3{0, 0, 0.07} : Vec3{0.07, 0, 0};
    maker.tube({at - d, at - d + Vec3{0, -0.03, 0}, at + d + Vec3{0, -0.03, 0}, at + d}, 0.006, 8);
}

void counter(SetBuilder& set) {
    ShapeMaker maker("counter", "wood");
    const Paint door = painted("wood", 0x6f8a86, "paint");  // sage
    const Paint top = painted("wood", 0xa86f3b, "grain_uv");
    const double front = kBack - kCounterDepth, mid = kBack - kCounterDepth / 2;
    const auto run = [&](double x0, double x1) {
        maker.paint(painted("wood", 0x3f4c4a, "paint"));
        maker.box({(x0 + x1) / 2, mid + 0.03, 0.05}, {x1 - x0, kCounterDepth - 0.1, 0.1});
        maker.paint(door);
        maker.box({(x0 + x1) / 2, mid + 0.012, 0.49}, {x1 - x0, kCounterDepth - 0.03, 0.78}, 0.003);
        maker.paint(top);
        maker.box({(x0 + x1) / 2, mid - 0.01, kCounterTop - 0.02},
                  {x1 - x0, kCounterDepth + 0.02, 0.04}, 0.006);
        maker.collide_box({(x0 + x1) / 2, mid - 0.01, kCounterTop / 2},
                          {x1 - x0, kCounterDepth + 0.02, kCounterTop}, "", "wood");
        const int units = std::max(1, static_cast<int>((x1 - x0) / 0.5 + 0.5));
        for (int i = 0; i < units; ++i) {
            const double w = (x1 - x0) / units, x = x0 + w * (i + 0.5);
            maker.paint(door);
            maker.box({x, front, 0.40}, {w - 0.008, 0.02, 0.56}, 0.004);
            maker.box({x, front, 0.78}, {w - 0.008, 0.02, 0.17}, 0.004);
            // Shaker frame around each door.
            const double f = 0.055, y = front - 0.012;
            maker.box({x - w / 2 + 0.004 + f / 2, y, 0.40}, {f, 0.01, 0.56}, 0.003);
            maker.box({x + w / 2 - 0.004 - f / 2, y, 0.40}, {f, 0.01, 0.56}, 0.003);
            maker.box({x, y, 0.68 - f / 2}, {w - 0.1, 0.01, f}, 0.003);
            maker.box({x, y, 0.12 + f / 2}, {w - 0.1, 0.01, f}, 0.003);
            handle(maker, {x, front - 0.012, 0.79}, false);
            handle(maker, {x + (i % 2 ? -1 : 1) * (w / 2 - 0.05), front - 0.02, 0.56}, true);
        }
    };
    run(kLow.x, -0.62);
    run(0.02, 0.56);
    // Cooker between the runs.
    const double cx = -0.30;
    maker.paint(painted("steel", 0xcfd1d2, "brushed"));
    maker.box({cx, mid - 0.005, 0.46}, {0.60, kCounterDepth - 0.01, 0.86}, 0.01);
    maker.paint(painted("plastic", 0x0c0d0f));
    maker.box({cx, front - 0.012, 0.40}, {0.50, 0.02, 0.40}, 0.012);
    maker.box({cx, mid, kCounterTop - 0.008}, {0.60, kCounterDepth, 0.022}, 0.004);
    maker.paint(painted("iron", 0x2a2b2d));
    for (int i = 0; i < 4; ++i) {
        const double x = cx + (i & 1 ? 0.14 : -0.14), y = mid + (i & 2 ? 0.14 : -0.14);
        maker.cylinder({x, y, kCounterTop + 0.002}, {x, y, kCounterTop + 0.016}, 0.045, -1, 20);
        for (int arm = 0; arm < 2; ++arm) {
            const Vec3 size = arm ? Vec3{0.22, 0.012, 0.014} : Vec3{0.012, 0.22, 0.014};
            maker.box({x, y, kCounterTop + 0.026}, size, 0.003);
        }
    }
    maker.paint(painted("steel", 0xb8babc));
    for (int i = 0; i < 5; ++i) {
        maker.cylinder({cx - 0.2 + 0.1 * i, front - 0.005, 0.80},
                       {cx - 0.2 + 0.1 * i, front - 0.04, 0.80}, 0.02, -1, 16);
    }
    maker.tube({{cx - 0.22, front - 0.01, 0.68},
                {cx - 0.22, front - 0.05, 0.68},
                {cx + 0.22, front - 0.05, 0.68},
                {cx + 0.22, front - 0.01, 0.68}},
               0.009, 8);
    maker.collide_box({cx, mid, (kCounterTop + 0.02) / 2},
                      {0.64, kCounterDepth, kCounterTop + 0.02}, "stove", "steel");
    // Belfast sink with a tap under the window.
    maker.paint(plain("ceramic"));
    maker.box({-2.05, front + 0.17, 0.80}, {0.68, 0.42, 0.24}, 0.025);
    maker.paint(plain("steel"));
    maker.tube({{-2.05, kBack - 0.12, kCounterTop},
                {-2.05, kBack - 0.12, 1.16},
                {-2.05, kBack - 0.16, 1.23},
                {-2.05, kBack - 0.24, 1.23},
                {-2.05, kBack - 0.28, 1.17}},
               0.014, 12);
    set.add("counter", maker.finish());
}

void shelf(SetBuilder& set) {
    ShapeMaker maker("shelf", "wood");
    maker.paint(painted("wood", 0xb9824c, "grain_uv"));
    const double x0 = 0.72, x1 = 1.96, y = kBack - kShelfDepth / 2;
    maker.solid({(x0 + x1) / 2, y, kShelfZ - 0.016}, {x1 - x0, kShelfDepth, 0.032}, 0.005);
    maker.solid({(x0 + x1) / 2, y + 0.03, kShelfZ + 0.46}, {x1 - x0, kShelfDepth - 0.06, 0.028},
                0.005);
    maker.paint(painted("iron", 0x26282b));
    for (const double x : {x0 + 0.18, x1 - 0.18}) {
        maker.box({x, kBack - 0.006, kShelfZ - 0.12}, {0.03, 0.012, 0.2}, 0.003);
        maker.tube({{x, kBack - 0.01, kShelfZ - 0.2},
                    {x, kBack - 0.12, kShelfZ - 0.11},
                    {x, kBack - 0.22, kShelfZ - 0.035}},
                   0.008, 8);
        maker.box({x, kBack - 0.006, kShelfZ + 0.36}, {0.03, 0.012, 0.2}, 0.003);
    }
    set.add("shelf", maker.finish());
}

void crockery(SetBuilder& set) {
    // On the upper board and the right end of the shelf; the rest of it stays free for play.
    ShapeMaker maker("crockery", "ceramic");
    const double z = kShelfZ + 0.475, y = kBack - 0.13;
    const unsigned glaze[] = {0xe7e2d6, 0x7fa3a8, 0xd9a24a, 0xe7e2d6, 0xb5523b};
    for (int i = 0; i < 5; ++i) {
        maker.paint(painted("ceramic", glaze[i]));
        const double x = 0.86 + 0.22 * i;
        if (i % 2 == 0) {
            maker.lathe({x, y, z},
                        {{0.035, 0},
                         {0.05, 0.02},
                         {0.055, 0.1},
                         {0.05, 0.1},
                         {0.045, 0.02},
                         {0.001, 0.015}},
                        20);
        } else {
            for (int k = 0; k < 4; ++k) {
                maker.lathe(
                    {x, y, z + 0.016 * k},
                    {{0.04, 0}, {0.085, 0.03}, {0.08, 0.034}, {0.035, 0.008}, {0.001, 0.008}}, 24);
            }
        }
    }
    const unsigned spice[] = {0x8a3b1e, 0xc98a2b, 0x55602b, 0x3d2a1c};
    for (int i = 0; i < 4; ++i) {
        const double x = 1.62 + 0.085 * i;
        maker.paint(painted("resin", spice[i]));
        maker.cylinder({x, y, kShelfZ}, {x, y, kShelfZ + 0.09}, 0.033, -1, 18);
        maker.paint(painted("wood", 0xc79a63, "paint"));
        maker.cylinder({x, y, kShelfZ + 0.09}, {x, y, kShelfZ + 0.112}, 0.034, -1, 18);
    }
    // Pot on the cooker, board and knife block on the counter.
    maker.paint(painted("iron", 0xb23a26, "enamel"));
    const Vec3 pot{-0.44, kBack - 0.18, kCounterTop + 0.034};
    maker.lathe(pot,
                {{0.001, 0},
                 {0.105, 0},
                 {0.115, 0.02},
                 {0.115, 0.13},
                 {0.12, 0.14},
                 {0.1, 0.165},
                 {0.03, 0.18},
                 {0.02, 0.2},
                 {0.001, 0.2}},
                28);
    maker.collide_cylinder(pot, pot + Vec3{0, 0, 0.16}, 0.115, "", "iron");
    maker.paint(painted("wood", 0xc9975c, "grain_uv"));
    maker.box({-0.86, kBack - 0.06, kCounterTop + 0.17}, {0.3, 0.02, 0.34}, 0.008);
    maker.paint(painted("wood", 0x4d2f1a, "grain_uv"));
    maker.box({0.44, kBack - 0.2, kCounterTop + 0.11}, {0.11, 0.16, 0.22}, 0.01);
    maker.paint(painted("glass", 0xffffff));
    maker.cylinder({0.25, kBack - 0.14, kCounterTop}, {0.25, kBack - 0.14, kCounterTop + 0.24},
                   0.04, -1, 20);
    maker.paint(painted("bread", 0xd9a24a));
    maker.cylinder({0.25, kBack - 0.14, kCounterTop + 0.004},
                   {0.25, kBack - 0.14, kCounterTop + 0.17}, 0.034, -1, 16);
    add_plant(maker, {-2.75, kBack - 0.14, 1.02}, 0.34, 9);
    set.add("crockery", maker.finish());
}

void fridge(SetBuilder& set) {
    ShapeMaker maker("fridge", "steel");
    const double x = 2.49, y = kBack - 0.36;
    maker.paint(painted("plastic", 0xe9e4d2, "enamel"));
    maker.solid({x, y + 0.02, 0.95}, {0.96, 0.66, 1.82}, 0.05);
    maker.box({x, y - 0.33, 0.62}, {0.95, 0.06, 1.12}, 0.025);
    maker.box({x, y - 0.33, 1.53}, {0.95, 0.06, 0.64}, 0.025);
    maker.paint(plain("steel"));
    maker.tube({{x - 0.38, y - 0.36, 0.82},
                {x - 0.38, y - 0.41, 0.84},
                {x - 0.38, y - 0.41, 1.1},
                {x - 0.38, y - 0.36, 1.12}},
               0.012, 10);
    maker.tube({{x - 0.38, y - 0.36, 1.28},
                {x - 0.38, y - 0.41, 1.3},
                {x - 0.38, y - 0.41, 1.48},
                {x - 0.38, y - 0.36, 1.5}},
               0.012, 10);
    maker.paint(painted("paper", 0xf2e7a4));
    maker.box({x + 0.12, y - 0.362, 1.52}, {0.11, 0.002, 0.11});
    maker.paint(painted("paper", 0xdfeef5));
    maker.box({x + 0.27, y - 0.362, 1.42}, {0.14, 0.002, 0.18});
    maker.paint(painted("plastic", 0xd2322a));
    maker.cylinder({x + 0.12, y - 0.358, 1.565}, {x + 0.12, y - 0.37, 1.565}, 0.015, -1, 14);
    maker.cylinder({x + 0.27, y - 0.358, 1.5}, {x + 0.27, y - 0.37, 1.5}, 0.015, -1, 14);
    set.add("fridge", maker.finish());
}

}  // namespace

SetModel build_kitchen(const SetOptions& options) {
    SetBuilder set("kitchen", options);
    set.floor(kLow, kHigh * Vec3{1, 1, 0}, plain("tile", "kitchen_tiles"));

    const Paint paint = set.wall_paint(painted("plaster", 0xe5dcc6));
    const double thick = 0.25, height = kHigh.z;
    const Vec3 sw{kLow.x, kLow.y, 0}, se{kHigh.x, kLow.y, 0}, ne{kHigh.x, kHigh.y, 0},
        nw{kLow.x, kHigh.y, 0};
    ShapeMaker walls("wall", paint.material);
    walls.paint(paint);
    const std::vector<Opening> back{{kHigh.x + 2.05, 1.06, 1.25, 1.2}};
    const std::vector<Opening> left{{2.1, 0.9, 1.5, 1.4}};
    SetBuilder::wall(walls, ne, nw, height, thick, back);
    SetBuilder::wall(walls, se, ne, height, thick);
    SetBuilder::wall(walls, sw, se, height, thick);
    SetBuilder::wall(walls, nw, sw, height, thick, left);
    set.window(walls, ne, nw, thick, back[0], 3800, 1, 1);
    set.window(walls, nw, sw, thick, left[0], 5200, 1, 1);
    // Splashback of white tiles behind the counter.
    walls.paint(painted("tile", 0xf0efe9, "subway_tiles"));
    walls.box({-0.03, kBack - 0.005, 1.21}, {1.18, 0.01, 0.60});
    walls.box({-2.95, kBack - 0.005, 1.21}, {0.5, 0.01, 0.6});
    walls.box({-1.02, kBack - 0.005, 1.21}, {0.8, 0.01, 0.6});
    walls.box({-2.05, kBack - 0.005, 0.97}, {1.25, 0.01, 0.12});
    add_skirting(walls, kLow, kHigh, 0.1, painted("wood", 0xefe9dc, "paint"));
    add_door(walls, {kHigh.x, -1.6, 0}, 90, 0.85, 2.03);
    add_clock(walls, {-0.95, kBack, 2.1}, 180, 0.15);
    add_picture(walls, {kHigh.x, 0.2, 1.65}, 90, 0.5, 0.65, plain("paper", "painting_still"),
                painted("wood", 0x33261c, "paint"));
    // Cooker hood.
    walls.paint(painted("steel", 0xcfd1d2, "brushed"));
    walls.box({-0.3, kBack - 0.24, 1.66}, {0.62, 0.48, 0.1}, 0.012);
    walls.box({-0.3, kBack - 0.14, 2.18}, {0.26, 0.24, 0.94}, 0.006);
    set.add("wall", walls.finish());

    ShapeMaker ceiling("ceiling", "plaster");
    ceiling.paint(painted("plaster", 0xf4f1ea));
    ceiling.solid({(kLow.x + kHigh.x) / 2, (kLow.y + kHigh.y) / 2, height + 0.1}, {6.8, 6.4, 0.2});
    set.add("ceiling", ceiling.finish());

    counter(set);
    shelf(set);
    crockery(set);
    fridge(set);

    ShapeMaker table("kitchen_table", "wood");
    add_table(table, {-2.25, -1.6, 0}, 90, {1.35, 0.8, 0.75}, 0.032,
              painted("wood", 0xc08e56, "grain_uv"), painted("wood", 0xe9e3d6, "paint"));
    const Paint frame = painted("wood", 0xe9e3d6, "paint"),
                seat = painted("wood", 0xb07c46, "grain_uv");
    // At its far and its left side: what falls off the right one, before the camera, finds the
    // floor.
    add_chair(table, {-2.2, -0.62, 0}, 184, frame, seat);
    add_chair(table, {-2.86, -1.9, 0}, -86, frame, seat);
    table.paint(painted("ceramic", 0x3f6a7a));
    table.lathe(
        {-2.25, -1.55, 0.75},
        {{0.05, 0}, {0.14, 0.06}, {0.15, 0.08}, {0.142, 0.08}, {0.045, 0.012}, {0.001, 0.012}}, 28);
    const unsigned fruit[] = {0xc23a24, 0xd98b1f, 0xb8301f, 0x8fae3a};
    for (int i = 0; i < 4; ++i) {
        table.paint(painted("fruit", fruit[i]));
        const double a = i * 1.57 + 0.4;
        table.ellipsoid({-2.25 + 0.055 * std::cos(a), -1.55 + 0.055 * std::sin(a), 0.815},
                        {0.04, 0.04, 0.037}, 18);
    }
    add_pendant(table, {-2.2, -1.55, height}, 0.75, 0.2, painted("steel", 0x2d4a46, "enamel"));
    set.add("kitchen_table", table.finish());
    set.sphere_lamp({-2.2, -1.55, height - 0.68}, 0.09, 900, 2800);

    set.ceiling_panel({0.3, -0.3, height - 0.03}, 0.9, 0.28, set.night() ? 4200 : 2600, 3300);
    set.rectangle_lamp({-1.2, kBack - 0.16, 1.55}, {-1.2, kBack - 0.3, 0}, 0.8, 0.03, 300, 3000);
    set.rectangle_lamp({0, -3.2, 2.4}, {0.3, 1.0, 0.9}, 1.6, 0.9, 1900, 4600).invisible = true;

    set.room(kLow, kHigh, "tile", "plaster", "plaster");
    set.anchor("stage", {0.5, 0.2, 0}, 0, 1.4);
    // The anchor's x axis points off the edge, toward the viewer.
    set.anchor("shelf_edge", {1.15, kBack - kShelfDepth + 0.05, kShelfZ}, -90, 0.25);
    set.anchor("counter_top", {-1.25, kBack - 0.36, kCounterTop}, -90, 0.3);
    set.anchor("table_top", {-2.2, -1.15, 0.75}, 0, 0.3);
    set.anchor("window", {-2.05, kBack - 0.1, 1.1}, -90, 0.3);
    set.anchor("door", {kHigh.x - 0.6, -1.6, 0}, 180, 0.5);
    set.camera({-0.75, -2.75, 1.42}, {0.55, 1.2, 1.0}, 27);
    set.model().ambience = "kitchen";
    return set.finish();
}

}  // namespace world
