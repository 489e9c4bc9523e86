// What a remix leaves alone, and what an extension takes over: told by the director, without files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "script/writer/remix.h"
#include "studio/director/take.h"

namespace studio {
namespace {

script::ShotList film(const std::string& prompt, double seconds) {
    script::WriteOptions options;
    options.width_px = 160;
    options.height_px = 90;
    options.seconds = seconds;
    return script::write_shot_list(prompt, options)->shots;
}

std::unique_ptr<Take> take_of(const script::ShotList& list, world::MemoryRecord& record) {
    TakeOptions options;
    options.quality = render::Quality::Standard;
    auto take = direct(list, options, record);
    EXPECT_TRUE(take.ok()) << take.error().text();
    return std::move(take).value();
}

base::Image8 first_picture(const script::ShotList& list) {
    world::MemoryRecord record;
    const auto take = take_of(list, record);
    return (*take->frames().next())->image;
}

// A pixel belongs to the ball, or shows its light, where red and blue differ from before.
TEST(Remix, ChangesTheBallAndItsLightOnly) {
    const script::ShotList list = film("A red ball falls onto a wooden floor.", 0.1);
    const base::Image8 before = first_picture(list);
    const base::Image8 after =
        first_picture(script::remix_shot_list(list, "make the ball blue")->shots);
    size_t ball = 0, touched = 0;
    for (size_t i = 0; i < before.data.size(); i += 3) {
        int most = 0;
        for (size_t k = 0; k < 3; ++k)
            most = std::max(most, std::abs(before.data[i + k] - after.data[i + k]));
        ball += most > 60;
        touched += most > 4;
    }
    const size_t pixels = before.data.size() / 3;
    EXPECT_GT(ball, pixels / 1000);
    EXPECT_LT(touched, pixels / 20);
}

const std::vector<world::TrackSample>* track_of(const world::MemoryRecord& record,
                                                const std::string& name) {
    for (const auto& [body, samples] : record.tracks) {
        if (body == name) return &samples;
    }
    return nullptr;
}

bool is_person(const world::MemoryRecord& record, const std::string& name) {
    return std::any_of(record.bodies.begin(), record.bodies.end(),
                       [&](const auto& b) { return b.name == name && b.kind == "person"; });
}

struct Source {
    const char* prompt;
    double seconds;
    std::vector<const char*> extensions;
};

class Extension : public testing::TestWithParam<Source> {};

// The same film made longer without a cut is the truth: at the seam every body is within 1 mm and
// 1 % of it, whatever the words want to happen next.
TEST_P(Extension, ContinuesEveryBody) {
    const Source& source = GetParam();
    constexpr double kMore_s = 0.25;
    world::MemoryRecord truth;
    (void)take_of(film(source.prompt, source.seconds + kMore_s), truth);
    const script::ShotList list = film(source.prompt, source.seconds);
    const auto seam = static_cast<size_t>(std::llround(source.seconds * list.fps));
    for (const char* words : source.extensions) {
        const auto longer = script::extend_shot_list(list, words, kMore_s);
        ASSERT_TRUE(longer.ok());
        world::MemoryRecord record;
        (void)take_of(longer->shots, record);
        for (const auto& [name, samples] : truth.tracks) {
            SCOPED_TRACE(std::string(words) + " " + name);
            const auto* other = track_of(record, name);
            ASSERT_TRUE(other != nullptr && other->size() > seam);
            const world::TrackSample &a = samples.at(seam), &b = other->at(seam);
            EXPECT_DOUBLE_EQ(a.t_s, b.t_s);
            EXPECT_LE(base::length(a.position_m - b.position_m), 0.001);
            // A person's velocity is a difference of places, not a state.
            if (is_person(truth, name)) continue;
            EXPECT_LE(base::length(a.velocity_mps - b.velocity_mps),
                      0.01 * base::length(a.velocity_mps) + 1e-3);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Films, Extension,
    testing::Values(Source{"A red ball falls onto a wooden floor.",
                           1,
                           {"The ball comes to rest.", "The ball rolls to the right.",
                            "The ball is dropped again.", "A dog runs past the ball.",
                            "A man picks up the ball.", "Close-up of the ball at sunset."}},
                    Source{"A man throws a ball.", 1.5, {"The man waves.", "The man walks away."}},
                    Source{
                        "Dominoes fall in a row on a table.", 1, {"The dominoes keep falling."}}));

}  // namespace
}  // namespace studio
