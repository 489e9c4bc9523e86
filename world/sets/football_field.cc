// A football ground: striped pitch, goal with net, corner flags, boards, a stand with a roof.
#include <cmath>

#include "world/sets/dressing/nature.h"
#include "world/sets/places.h"

namespace world {

using base::Vec3;

namespace {
// IFAB Laws of the Game 2023/24, Law 1: goal 7.32 x 2.44 m, penalty mark 11 m from the line. The
// goal stands at +x; the stage lies a little in front of the penalty mark.
constexpr double kGoalX = 13.0, kHalfGoal = 3.66, kBar = 2.44, kPost = 0.06;
}  // namespace

SetModel build_football_field(const SetOptions& options) {
    SetBuilder set("football_field", options);
    set.floor({-110, -50, 0}, {40, 55, 0}, plain("grass", "football_pitch"));
    {
        ShapeMaker goal("goal", "aluminium");
        goal.paint(painted("aluminium", 0xf4f5f6));
        Paint white = painted("plastic", 0xf6f7f7);
        goal.paint(white);
        for (const double s : {-1.0, 1.0}) {
            goal.cylinder({0, s * (kHalfGoal + kPost), 0},
                          {0, s * (kHalfGoal + kPost), kBar + kPost}, kPost, -1, 16);
            goal.collide_cylinder({0, s * (kHalfGoal + kPost), 0},
                                  {0, s * (kHalfGoal + kPost), kBar + kPost}, kPost, "post",
                                  "aluminium");
        }
        goal.cylinder({0, -kHalfGoal - 2 * kPost, kBar + kPost},
                      {0, kHalfGoal + 2 * kPost, kBar + kPost}, kPost, -1, 16);
        goal.collide_cylinder({0, -kHalfGoal - kPost, kBar + kPost},
                              {0, kHalfGoal + kPost, kBar + kPost}, kPost, "bar", "aluminium");
        goal.paint(painted("steel", 0x9aa0a4));
        for (const double s : {-1.0, 1.0}) {
            goal.tube({{0, s * 3.75, kBar},
                       {0.9, s * 3.75, kBar},
                       {2.1, s * 3.75, 0.02},
                       {0, s * 3.75, 0.02}},
                      0.02, 6);
        }
        // Net: a square mesh hung between bar, stays and ground; a soft wall stops the ball.
        goal.paint(painted("cotton", 0xf2f2ee));
        const auto back = [](double t) {
            return t < 0.35
                       ? Vec3{0.9 * t / 0.35, 0, kBar}
                       : Vec3{0.9 + 1.2 * (t - 0.35) / 0.65, 0, kBar * (1 - (t - 0.35) / 0.65)};
        };
        const int across = 40, down = 22;
        for (int i = 0; i <= across; ++i) {
            const double y = -3.75 + 7.5 * i / across;
            for (int k = 0; k < down; k += 2) {
                goal.cylinder(back(static_cast<double>(k) / down) + Vec3{0, y, 0},
                              back((k + 2.0) / down) + Vec3{0, y, 0}, 0.003, -1, 3);
            }
        }
        for (int k = 1; k <= down; ++k) {
            const Vec3 p = back(static_cast<double>(k) / down);
            goal.cylinder(p + Vec3{0, -3.75, 0}, p + Vec3{0, 3.75, 0}, 0.003, -1, 3);
        }
        for (const double s : {-1.0, 1.0}) {
            for (int k = 1; k < down; ++k) {
                const Vec3 p = back(static_cast<double>(k) / down) + Vec3{0, s * 3.75, 0};
                goal.cylinder(p, {0, p.y, p.z}, 0.003, -1, 3);
                goal.cylinder(p, {p.x, p.y, 0}, 0.003, -1, 3);
            }
        }
        goal.at({{1.5, 0, 1.15}, base::Quat::from_axis_angle({0, 1, 0}, -0.46)});
        goal.collide_box({}, {0.06, 7.5, 2.9}, "net", "rope");
        goal.at({});
        goal.collide_box({0.5, 0, kBar + 0.02}, {0.9, 7.5, 0.04}, "net", "rope");
        for (const double s : {-1.0, 1.0})
            goal.collide_box({0.8, s * 3.78, 1.1}, {1.6, 0.05, 2.2}, "net", "rope");
        set.add("goal", goal.finish(), placed({kGoalX, 0, 0}));
    }
    {
        ShapeMaker boards("board", "plastic");
        const unsigned colour[] = {0x1d4fa0, 0xf0f0ee, 0xc12b2b, 0xf0c52a, 0x1f7a4a};
        for (int i = 0; i < 36; ++i) {
            boards.paint(painted("plastic", colour[(i * 3) % 5]));
            boards.box({-92 + 3.2 * i, 36.5, 0.5}, {3.16, 0.08, 1.0}, 0.01);
        }
        for (int i = 0; i < 18; ++i) {
            boards.paint(painted("plastic", colour[(i * 2 + 1) % 5]));
            boards.box({kGoalX + 5.5, -28 + 3.2 * i, 0.5}, {0.08, 3.16, 1.0}, 0.01);
        }
        boards.collide_box({-36, 36.5, 0.5}, {116, 0.1, 1.0});
        boards.collide_box({kGoalX + 5.5, 0, 0.5}, {0.1, 58, 1.0});
        boards.paint(painted("plastic", 0xe8d43a));
        for (const double y : {-34.0, 34.0})
            boards.cylinder({kGoalX, y, 0}, {kGoalX, y, 1.5}, 0.025, -1, 8);
        boards.paint(painted("fabric", 0xd8302a));
        for (const double y : {-34.0, 34.0})
            boards.quad({kGoalX, y, 1.1}, {kGoalX - 0.45, y, 1.15}, {kGoalX - 0.42, y, 1.45},
                        {kGoalX, y, 1.5});
        set.add("board", boards.finish());
    }
    {
        // Stand along the far side and behind the goal: terraces of seats drawn as a pattern, roof.
        ShapeMaker stand("stands", "concrete");
        const auto terrace = [&](Vec3 at, double yaw, double run) {
            stand.at(placed(at, yaw));
            stand.paint(painted("concrete", 0xa5a39c));
            stand.box({0, 0.2, 0.75}, {run, 0.3, 1.5});
            for (int row = 0; row < 12; ++row) {
                const double y = 0.6 + 0.8 * row, z = 1.2 + 0.45 * row;
                stand.paint(painted("concrete", 0x8f8d87));
                stand.box({0, y + 0.4, z - 0.3}, {run, 0.82, 0.6});
                stand.paint(
                    painted("plastic", row % 6 == 5 ? 0xe9e9e6 : 0x234f9c, "stadium_seats"));
                stand.box({0, y + 0.62, z + 0.25}, {run - 0.6, 0.12, 0.45}, 0.03);
            }
            stand.paint(painted("steel", 0xd6d9da, "corrugated"));
            stand.box({0, 5.8, 11.2}, {run + 2, 11.5, 0.25});
            stand.paint(painted("steel", 0x3a4a66, "paint"));
            const int posts = static_cast<int>(run / 10);
            for (int i = 0; i <= posts; ++i) {
                const double x = -run / 2 + run * i / posts;
                stand.box({x, 10.6, 5.6}, {0.35, 0.35, 11.2});
                stand.cylinder({x, 10.6, 10}, {x, 0.5, 11.0}, 0.12, -1, 8);
            }
            stand.at({});
        };
        terrace({-36, 40, 0}, 0, 100);
        terrace({kGoalX + 10, 0, 0}, -90, 62);
        set.add("stands", stand.finish());
        ShapeMaker masts("floodlight", "steel");
        const double mx[] = {kGoalX + 12, -80}, my[] = {42, 52};
        for (int i = 0; i < 2; ++i) {
            masts.paint(painted("steel", 0xb4b8bb));
            masts.cylinder({mx[i], my[i], 0}, {mx[i], my[i], 26}, 0.45, 0.22, 14);
            masts.box({mx[i], my[i] - 0.4, 27}, {4.2, 0.3, 3.0}, 0.05);
            masts.paint(set.night() ? glowing(0xf4f8ff, 14.0f) : painted("plastic", 0xe4e8ea));
            for (int k = 0; k < 20; ++k)
                masts.cylinder({mx[i] - 1.6 + 0.8 * (k % 5), my[i] - 0.55, 26.0 + 0.65 * (k / 5)},
                               {mx[i] - 1.6 + 0.8 * (k % 5), my[i] - 0.65, 25.98 + 0.65 * (k / 5)},
                               0.27, -1, 12);
        }
        set.add("floodlight", masts.finish());
        for (const double s : {-1.0, 1.0}) {
            Lamp& lamp = set.rectangle_lamp({s * 26.0 - 6, 34, 26}, {2, 0, 0}, 4, 3, 900000, 5200);
            lamp.night_only = true;
            lamp.invisible = true;
            Lamp& front =
                set.rectangle_lamp({s * 26.0 - 6, -34, 26}, {2, 0, 0}, 4, 3, 900000, 5200);
            front.night_only = true;
            front.invisible = true;
        }
    }
    const ShapePtr tree = make_broadleaf(12, options.seed + 1, 0x4f7a30, 1800);
    for (int i = 0; i < 8; ++i)
        set.add("far_tree_" + std::to_string(i + 1), tree,
                placed({26.0 + 4 * (i % 2), 36.0 + 6 * i, -0.1}, 66.0 * i), "tree");
    set.outdoors({-30, -14, 0}, {kGoalX + 5, 30, 20}, "grass");
    set.model().room.wall_material = "concrete";
    set.camera_bounds({-28, -22, 0.2}, {kGoalX + 4, 30, 14});
    set.anchor("stage", {0, 0, 0}, 0, 6);
    set.anchor("goal", {kGoalX, 0, 0}, 180, 3.6);
    set.camera({-5.8, -4.2, 1.5}, {4.5, 1.2, 1.35}, 28);
    set.model().ambience = "stadium";
    return set.finish();
}

}  // namespace world
