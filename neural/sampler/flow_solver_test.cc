#include "neural/sampler/flow_solver.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tensor/testing/twin.h"

using neural::sampler::make_flow_solver;
using tensor::Tensor;

namespace {

const char* const kSolvers[] = {"unipc", "dpm++", "euler"};

TEST(FlowSolver, SchedulesFallFromNoiseToZero) {
    for (const char* name : kSolvers) {
        for (const int64_t steps : {1, 2, 3, 7, 20, 50}) {
            for (const double shift : {0.5, 1.0, 5.0, 12.0}) {
                const auto solver = make_flow_solver(name, steps, shift);
                ASSERT_TRUE(solver.ok());
                const auto& s = (*solver)->schedule();
                ASSERT_EQ(s.sigmas.size(), static_cast<size_t>(steps) + 1);
                ASSERT_EQ(s.timesteps.size(), static_cast<size_t>(steps));
                EXPECT_LE(s.sigmas[0], 1);
                EXPECT_EQ(s.sigmas.back(), 0);
                for (size_t i = 0; i < s.timesteps.size(); ++i) {
                    EXPECT_GT(s.sigmas[i], s.sigmas[i + 1]);
                    EXPECT_NEAR(s.timesteps[i], 1000 * s.sigmas[i], 1.001);
                }
            }
        }
    }
}

// Where the net always sees the same clean clip, every solver ends in it.
TEST(FlowSolver, EndsInTheDataThatTheVelocityPointsTo) {
    tensor::testing::Random random(1);
    const Tensor data = random.normal({2, 3, 4, 5}), noise = random.normal({2, 3, 4, 5});
    for (const char* name : kSolvers) {
        for (const int64_t steps : {1, 2, 3, 9}) {
            const auto solver = make_flow_solver(name, steps, 5).value();
            Tensor x = noise;
            while (solver->position() < solver->steps()) {
                const auto sigma =
                    solver->schedule().sigmas[static_cast<size_t>(solver->position())];
                Tensor v(x.shape());
                for (int64_t i = 0; i < x.elements(); ++i)
                    v.f32()[i] = static_cast<float>((x.f32()[i] - data.f32()[i]) / sigma);
                x = solver->step(x, v);
            }
            for (int64_t i = 0; i < x.elements(); ++i)
                ASSERT_NEAR(x.f32()[i], data.f32()[i], 2e-6) << name << " " << steps;
        }
    }
}

// Data of a normal distribution of spread s have the exact velocity
// (sigma - (1 - sigma) s^2) / r^2 x with r^2 = sigma^2 + (1 - sigma)^2 s^2, and x / r is constant.
double error_at_end(const char* name, int64_t steps) {
    constexpr double spread = 0.6;
    const auto solver = make_flow_solver(name, steps, 1).value();
    const auto r2 = [&](double sigma) {
        return sigma * sigma + (1 - sigma) * (1 - sigma) * spread * spread;
    };
    Tensor x = Tensor::full({1}, 1);
    const double want = spread / std::sqrt(r2(solver->schedule().sigmas[0]));
    while (solver->position() < solver->steps()) {
        const double sigma = solver->schedule().sigmas[static_cast<size_t>(solver->position())];
        const double slope = (sigma - (1 - sigma) * spread * spread) / r2(sigma);
        x = solver->step(x, Tensor::full({1}, static_cast<float>(slope * x.f32()[0])));
    }
    return std::abs(x.f32()[0] - want);
}

TEST(FlowSolver, HigherOrderIsCloserToTheExactFlow) {
    for (const int64_t steps : {10, 20, 40}) {
        EXPECT_LT(error_at_end("dpm++", steps), 0.5 * error_at_end("euler", steps));
        EXPECT_LT(error_at_end("unipc", steps), 0.5 * error_at_end("euler", steps));
    }
    // Twice the steps: half the error at first order, less at second, though first and last step
    // are of first order.
    EXPECT_NEAR(error_at_end("euler", 20) / error_at_end("euler", 40), 2, 0.5);
    EXPECT_GT(error_at_end("dpm++", 20) / error_at_end("dpm++", 40), 2.4);
    EXPECT_GT(error_at_end("unipc", 20) / error_at_end("unipc", 40), 2.8);
}

TEST(FlowSolver, AnotherSolverGoesOnFromItsMemory) {
    tensor::testing::Random random(3);
    for (const char* name : kSolvers) {
        for (const int64_t at : {0, 1, 2, 4}) {
            const auto one = make_flow_solver(name, 5, 3).value(),
                       two = make_flow_solver(name, 5, 3).value();
            Tensor x = random.normal({2, 3});
            for (int64_t i = 0; i < at; ++i) x = one->step(x, random.normal({2, 3}));
            ASSERT_TRUE(two->restore(at, one->memory(), x.shape()).ok()) << name << " " << at;
            Tensor y = x;
            for (int64_t i = at; i < 5; ++i) {
                const Tensor v = random.normal({2, 3});
                x = one->step(x, v);
                y = two->step(y, v);
            }
            EXPECT_EQ(x.to_vector(), y.to_vector()) << name << " " << at;
        }
        const auto solver = make_flow_solver(name, 5, 3).value();
        EXPECT_FALSE(solver->restore(6, {}, tensor::Shape{2, 3}).ok());
        EXPECT_FALSE(solver->restore(2, std::vector<Tensor>(4), tensor::Shape{2, 3}).ok());
    }
}

TEST(FlowSolver, RefusesWhatItCannotDo) {
    EXPECT_FALSE(make_flow_solver("heun", 10, 5).ok());
    EXPECT_FALSE(make_flow_solver("unipc", 0, 5).ok());
    EXPECT_FALSE(make_flow_solver("unipc", 1001, 5).ok());
    EXPECT_FALSE(make_flow_solver("unipc", 10, 0).ok());
    EXPECT_FALSE(make_flow_solver("unipc", 10, NAN).ok());
    EXPECT_EQ(make_flow_solver("heun", 10, 5).error().where, "solver");
}

}  // namespace
