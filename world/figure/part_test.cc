#include "world/figure/part.h"

#include <gtest/gtest.h>

#include "world/figure/joints.h"

namespace world {
namespace {

FigureModel runner() {
    FigureModel figure;
    figure.name = "runner";
    FigureTask task;
    task.clip = "run";
    task.end_s = 2;
    task.to = base::Vec3{4, 1, 0};
    figure.tasks.push_back(task);
    return figure;
}

void expect_same(const Part::Moment& a, const Part::Moment& b) {
    ASSERT_EQ(a.state.joints.size(), b.state.joints.size());
    for (size_t j = 0; j < a.state.joints.size(); ++j) {
        EXPECT_EQ(a.state.joints[j].translation, b.state.joints[j].translation);
        EXPECT_EQ(a.state.joints[j].rotation.w, b.state.joints[j].rotation.w);
    }
    ASSERT_EQ(a.limbs.size(), b.limbs.size());
    for (size_t k = 0; k < a.limbs.size(); ++k) {
        EXPECT_EQ(a.limbs[k].pose.translation, b.limbs[k].pose.translation);
        EXPECT_EQ(a.limbs[k].velocity_mps, b.limbs[k].velocity_mps);
    }
}

TEST(PartBook, RemembersToTheBitAndOnlyWhatFits) {
    PartBook book;
    const auto part = book.part_of(runner());
    constexpr double kStep = 1.0 / 2400;
    for (int i = 0; i < PartBook::kMostMoments + 10; ++i) part->at(i * kStep);
    for (const int i : {0, 100, PartBook::kMostMoments - 1, PartBook::kMostMoments + 5}) {
        Part alone(runner());
        const Part::Moment solved = alone.at(i * kStep);
        expect_same(part->at(i * kStep), solved);
    }
    EXPECT_EQ(&part->at(0), &part->at(0));
    EXPECT_EQ(&part->at(2 * kStep), &part->at(2 * kStep)) << "remembered where it lies";
    EXPECT_NE(&part->at(0), &part->at(2 * kStep));
}

TEST(PartBook, OnlyEqualFiguresShareAPart) {
    PartBook book;
    const auto part = book.part_of(runner());
    EXPECT_EQ(book.part_of(runner()), part);
    FigureModel other = runner();
    other.tasks[0].to->y += 1e-9;
    EXPECT_NE(book.part_of(other), part);
    other = runner();
    other.tasks[0].speed = 0;
    EXPECT_NE(book.part_of(other), part);
    other = runner();
    other.look.seed = 2;
    EXPECT_NE(book.part_of(other), part);
    other = runner();
    other.visemes.push_back({0.5, 3});
    EXPECT_NE(book.part_of(other), part);
}

TEST(PartBook, PartsOutliveIt) {
    std::shared_ptr<Part> part;
    Part::Moment before;
    {
        PartBook book;
        part = book.part_of(runner());
        before = part->at(0.7);
    }
    expect_same(part->at(0.7), before);
    expect_same(part->at(0.7), before);
}

TEST(Performance, BonesAreTheJointsButForWhatTrails) {
    const Performance part = Performance::compile(runner());
    const JointPoses bones = part.bones_at(0.8), joints = part.joints_at(0.8);
    for (const Limb& limb : figure_limbs(runner())) {
        const auto j = static_cast<size_t>(limb.joint);
        EXPECT_EQ(bones[j].translation, joints[j].translation);
        EXPECT_EQ(bones[j].rotation.w, joints[j].rotation.w);
    }
}

}  // namespace
}  // namespace world
