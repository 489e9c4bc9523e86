#include "world/search/outcome_search.h"

#include <gtest/gtest.h>

#include "world/step/bench_world.h"

namespace world {
namespace {

using namespace bench;

constexpr Vec3 kHoop{0, 0, 3.05};

// Backboard, rim of twelve rods, free throw from 4.2 m.
Scene free_throw(double speed, double angle, double side) {
    Scene scene;
    Body board = box("hoop", {0.02, 0.9, 0.53}, {0.38, 0, 3.4}, "glass");
    board.motion = Motion::Static;
    auto shape = std::make_shared<Shape>(*board.shape);
    shape->collision[0].name = "board";
    shape->collision[0].pose.translation = {0.02, 0, 0};
    for (int i = 0; i < 12; ++i) {
        const double a = 2 * base::kPi * (i + 0.5) / 12;
        CollisionPart rod;
        rod.kind = CollisionKind::Capsule;
        rod.half_extents = {0.008, 0.008, 0.06};
        rod.pose.translation =
            Vec3{0.2286 * std::cos(a), 0.2286 * std::sin(a), 0} + kHoop - board.pose.translation;
        rod.pose.rotation = base::Quat::from_axis_angle({0, 0, 1}, a) *
                            base::Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
        rod.name = "rim";
        rod.material = "steel";
        shape->collision.push_back(rod);
    }
    board.shape = shape;
    scene.bodies = {floor("wood"), board, ball("ball", 0.12, {-4.2, 0, 2.1}, "rubber")};
    scene.bodies[2].shape = ball_shape(0.12, true);
    scene.bodies[2].mass_kg = 0.6;
    scene.bodies[2].velocity_mps = {speed * std::cos(angle), side, speed * std::sin(angle)};
    scene.gates = {{"hoop", kHoop, 0.2286}};
    return scene;
}

SearchRequest miss_off_the_board() {
    SearchRequest request;
    request.parameters = {{"speed_mps", 7.6, 0.35, SearchParameter::Spread::Gaussian},
                          {"angle_rad", 0.9, 0.04, SearchParameter::Spread::Gaussian},
                          {"side_mps", 0, 0.25, SearchParameter::Spread::Uniform}};
    request.build = [](const std::vector<double>& p) -> base::Result<Scene> {
        return free_throw(p[0], p[1], p[2]);
    };
    request.judge = [](const Attempt& attempt) {
        bool board = false, rim = false, scored = false;
        for (const Event& e : attempt.events) {
            board |= e.b == "hoop.board";
            rim |= e.b == "hoop.rim";
            scored |= e.kind == EventKind::Score;
        }
        return Verdict{board && rim && !scored, board + rim - 2.0 * scored};
    };
    request.seconds = 2.5;
    request.seed = 42;
    return request;
}

TEST(Search, FindsAThrowThatHitsBoardAndRimAndMisses) {
    SearchRequest request = miss_off_the_board();
    const auto found = search_outcome(request);
    ASSERT_TRUE(found.ok());
    EXPECT_TRUE(found->accepted);
    EXPECT_LE(found->tries, 100);
    request.threads = 3;
    const auto again = search_outcome(request);
    EXPECT_EQ(again->tries, found->tries);
    EXPECT_EQ(again->parameters, found->parameters);
}

TEST(Search, FindsADropThatBouncesTwiceOnAStep) {
    SearchRequest request;
    request.parameters = {{"speed_mps", 0.3, 0.5, SearchParameter::Spread::Uniform}};
    request.build = [](const std::vector<double>& p) -> base::Result<Scene> {
        Scene scene;
        scene.bodies = {floor("concrete"), box("step", {0.25, 0.5, 0.1}, {0, 0, 0.1}, "concrete"),
                        ball("ball", 0.03, {-0.2, 0, 1}, "rubber")};
        scene.bodies[1].motion = Motion::Static;
        scene.bodies[2].velocity_mps = {p[0], 0, 0};
        return scene;
    };
    request.judge = [](const Attempt& attempt) {
        int on_step = 0;
        for (const Event& e : attempt.events) on_step += e.b == "step";
        return Verdict{on_step == 2, -std::abs(on_step - 2.0)};
    };
    const auto found = search_outcome(request);
    ASSERT_TRUE(found.ok());
    EXPECT_TRUE(found->accepted);
}

TEST(Search, ImpossibleWishesGiveTheBestTryAndSaySo) {
    SearchRequest request = miss_off_the_board();
    request.max_tries = 10;
    request.judge = [](const Attempt& a) { return Verdict{false, a.parameters[0]}; };
    const auto found = search_outcome(request);
    ASSERT_TRUE(found.ok());
    EXPECT_FALSE(found->accepted);
    EXPECT_EQ(found->tries, 10);
}

}  // namespace
}  // namespace world
