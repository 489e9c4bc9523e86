#include "world/figure/figure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "world/figure/joints.h"
#include "world/figure/limbs.h"
#include "world/figure/motion/performance.h"
#include "world/figure/proportions.h"

namespace world {
namespace {

using base::Vec3;

FigureModel person(const std::string& clip, double start_s, double end_s) {
    FigureModel figure;
    figure.name = "person";
    figure.height_m = 1.72;
    figure.mass_kg = 64;
    if (!clip.empty()) {
        FigureTask task;
        task.clip = clip;
        task.start_s = start_s;
        task.end_s = end_s;
        figure.tasks.push_back(task);
    }
    return figure;
}

TEST(Skeleton, WeighsWhatTheFigureWeighs) {
    for (const char* sex : {"female", "male"}) {
        FigureModel figure = person("", 0, 0);
        figure.look.sex = sex;
        double mass = 0;
        for (const SkeletonJoint& joint : build_skeleton(figure)) mass += joint.mass_kg;
        EXPECT_NEAR(mass, 64, 0.5) << sex;
    }
}

TEST(Skeleton, HeightSexAndAgeShapeIt) {
    FigureModel adult = person("", 0, 0), child = adult;
    child.look.age = "child";
    child.height_m = 1.2;
    const Proportions a = proportions_of(adult), c = proportions_of(child);
    EXPECT_GT(c.head_height / c.height, 1.2 * a.head_height / a.height);
    EXPECT_LT(c.hip_z / c.height, a.hip_z / a.height);
    FigureModel man = adult;
    man.look.sex = "male";
    EXPECT_GT(proportions_of(man).shoulder_half, a.shoulder_half);
}

TEST(Skeleton, NamesAndParentsAreInOrder) {
    const Skeleton skeleton = build_skeleton(person("", 0, 0));
    ASSERT_EQ(skeleton.size(), static_cast<size_t>(kFigureJointCount));
    for (size_t j = 0; j < skeleton.size(); ++j) {
        EXPECT_LT(skeleton[j].parent, static_cast<int>(j));
        EXPECT_EQ(find_joint(skeleton[j].name), static_cast<int>(j));
    }
    EXPECT_EQ(find_joint("tail"), -1);
}

TEST(Figure, EveryClipPosesWithoutBreakingBones) {
    for (const std::string& clip : clip_names()) {
        const FigureModel figure = person(clip, 0.2, 0.2 + clip_timing(clip).length_s);
        const Performance part = Performance::compile(figure);
        const Skeleton skeleton = build_skeleton(figure);
        for (double t = 0; t < 4; t += 0.23) {
            const JointPoses joints = part.joints_at(t);
            for (int j = 1; j < kHands; ++j) {
                const auto& here = joints[static_cast<size_t>(j)];
                ASSERT_TRUE(std::isfinite(here.translation.x + here.rotation.w))
                    << clip << " " << joint_name(j);
                const Vec3 bone =
                    here.translation - joints[static_cast<size_t>(joint_parent(j))].translation;
                EXPECT_NEAR(base::length(bone),
                            base::length(skeleton[static_cast<size_t>(j)].rest.translation), 1e-6)
                    << clip << " " << joint_name(j) << " at " << t;
            }
        }
    }
}

TEST(Figure, NoClipGoesThroughTheFloor) {
    for (const std::string& clip : clip_names()) {
        if (clip == "swim") continue;  // has no floor
        const Performance part =
            Performance::compile(person(clip, 0.2, 0.2 + clip_timing(clip).length_s));
        for (double t = 0; t < 4.5; t += 0.11) {
            const JointPoses joints = part.joints_at(t);
            for (const Side side : kSides) {
                const double ball = 0.012 * 1.72;  // the joint's height over the sole
                EXPECT_GT(joints[static_cast<size_t>(leg_joint(side, kToe))].translation.z,
                          ball - 0.010 - (clip == "fall" || clip == "lie" ? 0.03 : 0))
                    << clip << " at " << t;
                EXPECT_GT(joints[static_cast<size_t>(arm_joint(side, kGrip))].translation.z, -0.01)
                    << clip << " at " << t;
            }
            EXPECT_GT(joints[kHead].translation.z, 0.0) << clip;
        }
    }
}

// A foot that bears weight stays where it is: whenever the ball is on the floor and has not just
// landed or is about to leave, it does not travel.
void expect_no_sliding(const std::string& clip, std::optional<Vec3> to) {
    FigureModel figure = person(clip, 0.3, 3.6);
    figure.tasks[0].to = to;
    const Performance part = Performance::compile(figure);
    for (int side = 0; side < 2; ++side) {
        std::optional<Vec3> planted;
        int stances = 0;
        for (double t = 0; t < 4.2; t += 1.0 / 240) {
            const FootControl foot = part.controls_at(t).feet[side];
            if (foot.ball.z > 1e-4 || foot.free > 0) {
                planted.reset();
                continue;
            }
            if (!planted) {
                planted = foot.ball;
                ++stances;
            }
            ASSERT_LT(std::hypot(foot.ball.x - planted->x, foot.ball.y - planted->y), 0.010)
                << clip << " side " << side << " at " << t;
        }
        EXPECT_GE(stances, 2) << clip;
    }
}
TEST(Walk, FeetDoNotSlide) { expect_no_sliding("walk", Vec3{3.1, 1.2, 0}); }
TEST(Run, FeetDoNotSlide) { expect_no_sliding("run", Vec3{7, 0, 0}); }
TEST(Throw, FeetDoNotSlide) { expect_no_sliding("throw", std::nullopt); }

TEST(Walk, ArrivesWhereItWasSent) {
    FigureModel figure = person("walk", 0.5, 4.0);
    figure.tasks[0].to = Vec3{3, -1, 0};
    const base::Transform pelvis = joint_at(figure, "pelvis", 4.5);
    EXPECT_NEAR(pelvis.translation.x, 3, 0.06);
    EXPECT_NEAR(pelvis.translation.y, -1, 0.06);
    const Performance part = Performance::compile(figure);
    EXPECT_GE(part.footfalls().size(), 5u);
    for (size_t i = 1; i < part.footfalls().size(); ++i)
        EXPECT_LE(part.footfalls()[i - 1].t_s, part.footfalls()[i].t_s);
}

// In the air only gravity acts: second differences of the centre of mass are -g.
TEST(Jump, CentreOfMassFliesAParabola) {
    for (const char* clip : {"jump", "shoot"}) {
        FigureModel figure = person(clip, 0, 3.5);
        const Performance part = Performance::compile(figure);
        const FigureBody& body = part.body();
        const bool shot = std::string(clip) == "shoot";
        const double leave = shot ? 0.98 : 0.70, air = 2 * (shot ? 2.05 : 2.55) / kStandardGravity;
        constexpr double kDt = 0.02;
        for (double t = leave + 0.05; t < leave + air - 0.05; t += 0.03) {
            const auto z = [&](double at) { return mass_state(body, part.joints_at(at)).centre.z; };
            EXPECT_NEAR((z(t + kDt) - 2 * z(t) + z(t - kDt)) / (kDt * kDt), -kStandardGravity, 0.25)
                << clip << " " << t;
        }
    }
}

TEST(Spin, AngularMomentumStaysWhileArmsAreDrawnIn) {
    const FigureModel figure = person("spin", 0, 6);
    const Performance part = Performance::compile(figure);
    const FigureBody& body = part.body();
    constexpr double kDt = 1.0 / 120;
    double first = 0, slowest = 1e9, fastest = 0;
    for (double t = 1.2; t < 4.9; t += 0.1) {
        const JointPoses a = part.joints_at(t), b = part.joints_at(t + kDt);
        const double momentum = vertical_momentum(body, a, b, kDt, {});
        if (first == 0) first = momentum;
        EXPECT_NEAR(momentum / first, 1, 0.01) << t;
        const double speed = (part.controls_at(t + kDt).yaw - part.controls_at(t).yaw) / kDt;
        slowest = std::min(slowest, speed);
        fastest = std::max(fastest, speed);
    }
    EXPECT_GT(fastest, 1.8 * slowest);  // the pull-in can be seen
}

TEST(Shoot, BothPalmsHoldTheBallUntilTheRelease) {
    FigureModel figure = person("shoot", 0.5, 4.0);
    figure.tasks[0].event_s = 0.5 + clip_timing("shoot").event_s;
    const Performance part = Performance::compile(figure);
    Vec3 before = part.joints_at(1.0)[kHands].translation;
    for (double t = 1.0; t < figure.tasks[0].event_s; t += 1.0 / 60) {
        const JointPoses joints = part.joints_at(t);
        const double gap = base::length(joints[arm_joint(Side::Left, kGrip)].translation -
                                        joints[arm_joint(Side::Right, kGrip)].translation);
        EXPECT_NEAR(gap, 0.24, 0.04) << t;
        const Vec3 now = joints[kHands].translation;
        EXPECT_LT(base::length(now - before), 0.16) << t;  // no jump from frame to frame
        before = now;
    }
    const JointPoses release = part.joints_at(figure.tasks[0].event_s);
    EXPECT_GT(release[kHands].translation.z, release[kHead].translation.z + 0.2);
}

TEST(Figure, HandIsContinuousAtTheEvent) {
    for (const char* clip :
         {"throw", "toss", "bowl", "hit", "kick", "drop", "drop_both", "catch"}) {
        const double event = clip_timing(clip).event_s;
        const FigureModel figure = person(clip, 0, clip_timing(clip).length_s);
        const Vec3 a = joint_at(figure, "grip_r", event - 0.002).translation,
                   b = joint_at(figure, "grip_r", event + 0.002).translation;
        EXPECT_LT(base::length(b - a), 0.004 * 20) << clip;  // under 20 m/s
    }
}

TEST(Figure, TheFastestHandIsNearTheReleaseOfAThrow) {
    const FigureModel figure = person("throw", 0, 1.9);
    const auto speed = [&](double t) {
        return base::length(joint_at(figure, "hand_r", t + 0.01).translation -
                            joint_at(figure, "hand_r", t - 0.01).translation) /
               0.02;
    };
    EXPECT_GT(speed(clip_timing("throw").event_s), 4.0);
    EXPECT_LT(speed(1.85), 1.0);  // and it has settled at the end
}

TEST(Figure, IsAPureFunctionOfTime) {
    const FigureModel figure = person("dance", 0, 4);
    const FigureState a = pose_figure(figure, 1.234);
    pose_figure(figure, 3.3);
    const FigureState b = pose_figure(figure, 1.234);
    EXPECT_EQ(a.joints, b.joints);
    EXPECT_EQ(a.blink, b.blink);
    ASSERT_EQ(a.joints.size(), static_cast<size_t>(kFigureJointCount));
}

TEST(Figure, BlinksNowAndThen) {
    const Performance part = Performance::compile(person("", 0, 0));
    int shut = 0;
    for (double t = 0; t < 20; t += 1.0 / 24) shut += part.state_at(t).blink > 0.5f;
    EXPECT_GE(shut, 8);
    EXPECT_LE(shut, 60);
}

TEST(Figure, LooksAtItsAim) {
    FigureModel figure = person("look", 0, 3);
    figure.tasks[0].aim = Vec3{2, 1.5, 1.0};
    const FigureState state = pose_figure(figure, 1.5);
    const Vec3 eyes = state.joints[kEyeL].translation.cast<double>();
    const Vec3 to = base::normalize(*figure.tasks[0].aim - eyes);
    EXPECT_GT(base::dot(to, state.gaze.cast<double>()), 0.985);
}

TEST(Figure, VisemesMoveTheMouth) {
    FigureModel figure = person("", 0, 0);
    figure.visemes = {{0.0, 0}, {1.0, 1}, {1.3, 0}};
    EXPECT_LT(pose_figure(figure, 0.5).jaw, 0.02f);
    EXPECT_GT(pose_figure(figure, 1.15).jaw, 0.4f);
}

TEST(Driver, LimbsFollowAndFootstepsCome) {
    Scene scene;
    auto figure = std::make_shared<FigureModel>(person("walk", 0, 3));
    scene.figures.push_back(figure);
    const int first = add_figure_bodies(scene, 0);
    EXPECT_EQ(scene.bodies.size() - static_cast<size_t>(first), figure_limbs(*figure).size());
    const auto driver = FigureDriver::create(scene);
    Snapshot state;
    state.bodies.resize(scene.bodies.size());
    for (double t = 0; t < 3; t += 1.0 / 60) driver->drive(t, scene, state);
    EXPECT_GE(driver->take_footsteps().size(), 3u);
    EXPECT_TRUE(driver->take_footsteps().empty());
    EXPECT_EQ(state.figures.size(), 1u);
    driver->drive(1.5, scene, state);
    // Mid-walk the trunk moves forward at walking speed.
    EXPECT_NEAR(state.bodies[static_cast<size_t>(first)].velocity_mps.x, 1.3, 0.4);
}

}  // namespace
}  // namespace world
