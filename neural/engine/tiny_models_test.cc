// The whole way of both families with weights from a seed: words in, pictures and sound out.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/math/vec.h"
#include "neural/engine/model.h"

using namespace neural;

namespace {

struct Taken {
    std::vector<base::Image8> pictures;
    std::vector<float> sound;
};

base::Result<Taken> take(const std::string& model, const FilmPlan& plan) {
    const auto opened = TRY(open_model(model, {}));
    const auto film = TRY(opened->film(plan, {}));
    Taken taken;
    while (true) {
        auto frame = TRY(film->frames().next());
        if (!frame) break;
        taken.pictures.push_back(std::move(frame->image));
    }
    while (true) {
        const auto block = TRY(film->audio().next());
        if (!block) break;
        taken.sound.insert(taken.sound.end(), block->samples.begin(), block->samples.end());
    }
    return taken;
}

FilmPlan plan_of(const std::string& prompt, double seconds) {
    FilmPlan plan;
    plan.shots = {{prompt, seconds, false}};
    plan.width_px = 90;
    plan.height_px = 58;
    plan.fps = 12;
    plan.steps = 2;
    return plan;
}

double distance(const base::Image8& a, const base::Image8& b) {
    double sum = 0;
    for (size_t i = 0; i < a.data.size(); ++i) sum += std::abs(int{a.data[i]} - int{b.data[i]});
    return sum / static_cast<double>(a.data.size());
}

TEST(TinyModels, MakeTheFilmThatWasAsked) {
    for (const std::string model : {"tiny-ltx", "tiny-wan"}) {
        const auto a = take(model, plan_of("a red ball", 1.0));
        ASSERT_TRUE(a.ok()) << a.error().text();
        ASSERT_EQ(a->pictures.size(), 12u);
        EXPECT_EQ(a->sound.size(), 2u * 48000);
        for (const base::Image8& p : a->pictures) {
            EXPECT_EQ(p.width_px, 90);
            EXPECT_EQ(p.height_px, 58);
            EXPECT_GT(std::set<uint8_t>(p.data.begin(), p.data.end()).size(), 8u)
                << "a plain picture";
        }
        // The same again is the same; other words or another seed are not.
        const auto again = take(model, plan_of("a red ball", 1.0));
        EXPECT_EQ(again->pictures[5].data, a->pictures[5].data);
        EXPECT_EQ(again->sound, a->sound);
        const auto words = take(model, plan_of("a blue cube", 1.0));
        EXPECT_GT(distance(words->pictures[5], a->pictures[5]), 0.01) << model;
        FilmPlan other = plan_of("a red ball", 1.0);
        other.seed = 2;
        EXPECT_GT(distance(take(model, other)->pictures[5], a->pictures[5]), 1.0) << model;
    }
}

TEST(TinyModels, OnlyLtxIsHeard) {
    const auto ltx = take("tiny-ltx", plan_of("a bell", 0.5)),
               wan = take("tiny-wan", plan_of("a bell", 0.5));
    double loud = 0;
    for (const float v : ltx->sound) loud += v * v;
    EXPECT_GT(loud, 0);
    for (const float v : wan->sound) ASSERT_EQ(v, 0.0f);
}

std::shared_ptr<const base::Image8> picture(uint8_t a, uint8_t b) {
    base::Image8 image(90, 58, 3);
    for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = i % 2 == 0 ? a : b;
    return std::make_shared<const base::Image8>(std::move(image));
}

struct Stills final : base::FrameSource {
    Stills(std::shared_ptr<const base::Image8> still, int64_t frames)
        : image(std::move(still)), count(frames) {}
    int width_px() const override { return image->width_px; }
    int height_px() const override { return image->height_px; }
    double fps() const override { return 12; }
    int64_t frame_count() const override { return count; }
    base::Result<std::optional<base::Frame>> next() override {
        if (at >= count) return std::optional<base::Frame>();
        return std::optional(base::Frame{at++, *image});
    }
    std::shared_ptr<const base::Image8> image;
    int64_t count, at = 0;
};

TEST(TinyModels, LtxListensToKeyframesAndReferences) {
    FilmPlan plan = plan_of("a red ball", 0.5);
    const auto free = take("tiny-ltx", plan);
    FilmPlan keyed = plan;
    keyed.keyframes = {{0.25, picture(255, 0)}};
    const auto key = take("tiny-ltx", keyed);
    ASSERT_TRUE(key.ok()) << key.error().text();
    EXPECT_EQ(key->pictures.size(), 6u);
    EXPECT_GT(distance(key->pictures[3], free->pictures[3]), 0.5);
    const auto look = [&](uint8_t a, uint8_t b, int64_t frames) {
        FilmPlan with = plan;
        with.reference = std::make_shared<Stills>(picture(a, b), frames);
        return take("tiny-ltx", with);
    };
    const auto dark = look(0, 30, 6), dark_again = look(0, 30, 6), light = look(255, 200, 6),
               shorter = look(0, 30, 3), none = look(0, 30, 0);
    ASSERT_TRUE(dark.ok()) << dark.error().text();
    EXPECT_EQ(dark->pictures.size(), 6u);
    EXPECT_EQ(dark->pictures[3].data, dark_again->pictures[3].data);
    EXPECT_GT(distance(dark->pictures[3], free->pictures[3]), 0.5);
    EXPECT_GT(distance(dark->pictures[3], light->pictures[3]), 0.1);
    EXPECT_TRUE(shorter.ok());
    EXPECT_EQ(none->pictures[3].data, free->pictures[3].data);  // an empty reference is none
}

struct Tone final : base::AudioSource {
    Tone(double hz, int64_t samples) : pitch_hz(hz), count(samples) {}
    int64_t sample_count() const override { return count; }
    base::Result<std::optional<base::AudioBlock>> next() override {
        if (at >= count) return std::optional<base::AudioBlock>();
        base::AudioBlock block{at, {}};
        for (; at < count; ++at) {
            const double turn = 2 * base::kPi * pitch_hz * static_cast<double>(at) / 48000;
            block.samples.insert(block.samples.end(), 2, static_cast<float>(0.5 * std::sin(turn)));
        }
        return std::optional(std::move(block));
    }
    double pitch_hz;
    int64_t count, at = 0;
};

TEST(TinyModels, LtxFollowsASound) {
    FilmPlan plan = plan_of("a bell", 0.5);
    const auto free = take("tiny-ltx", plan);
    const auto heard = [&](double hz, int64_t samples) {
        FilmPlan with = plan;
        with.sound = std::make_shared<Tone>(hz, samples);
        return take("tiny-ltx", with);
    };
    const auto low = heard(200, 24000), low_again = heard(200, 24000), high = heard(3000, 24000),
               click = heard(200, 10), nothing = heard(200, 0);
    ASSERT_TRUE(low.ok()) << low.error().text();
    ASSERT_EQ(low->sound.size(), 2u * 24000);
    EXPECT_NEAR(low->sound[2 * 60], 0.5, 1e-3);  // a quarter of the tone's period
    EXPECT_EQ(low->pictures[3].data, low_again->pictures[3].data);
    EXPECT_GT(distance(low->pictures[3], free->pictures[3]), 0.01);
    EXPECT_GT(distance(low->pictures[3], high->pictures[3]), 0.01);
    ASSERT_TRUE(click.ok()) << click.error().text();
    EXPECT_EQ(click->sound.size(), 2u * 24000);
    EXPECT_EQ(nothing->pictures[3].data, free->pictures[3].data);  // a sound without samples

    FilmPlan wan = plan;
    wan.sound = std::make_shared<Tone>(200, 100);
    const auto refused = take("tiny-wan", wan);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().where, "sound");
}

TEST(TinyModels, LtxKnowsHowLongAShotLasts) {
    const auto ltx = open_model("tiny-ltx", {}), wan = open_model("tiny-wan", {});
    for (const double fps : {12.0, 24.0, 25.0}) {
        const auto seconds = (*ltx)->seconds_of("a red ball falls down the stairs", fps);
        ASSERT_TRUE(seconds.ok()) << seconds.error().text();
        const double frames = *seconds * fps;
        EXPECT_NEAR(frames, std::round(frames), 1e-9);
        EXPECT_EQ(std::llround(frames) % 8, 1);
        EXPECT_GE(*seconds, 1);
        EXPECT_LE(*seconds, 20);
    }
    const auto none = (*wan)->seconds_of("a red ball", 24);
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().kind, base::ErrorKind::Usage);
}

TEST(TinyModels, LtxDecodesByDenoisingToo) {
    FilmPlan plan = plan_of("a red ball", 0.75);
    OpenOptions options;
    options.diffusion_decoder = true;
    const auto model = open_model("tiny-ltx", options);
    ASSERT_TRUE(model.ok()) << model.error().text();
    const auto pull = [&] {
        const auto film = (*model)->film(plan, {});
        std::vector<base::Image8> pictures;
        while (true) {
            auto frame = (*film)->frames().next();
            EXPECT_TRUE(frame.ok()) << frame.error().text();
            if (!frame.ok() || !*frame) return pictures;
            pictures.push_back(std::move((*frame)->image));
        }
    };
    const auto denoised = pull(), again = pull();
    ASSERT_EQ(denoised.size(), 9u);
    EXPECT_EQ(denoised[4].width_px, 90);
    EXPECT_EQ(denoised[4].data, again[4].data);
    EXPECT_GT(distance(denoised[4], take("tiny-ltx", plan)->pictures[4]), 1);
    const auto wan = open_model("tiny-wan", options);
    ASSERT_FALSE(wan.ok());
    EXPECT_EQ(wan.error().where, "decoder");
}

TEST(TinyModels, WanSaysWhatItHasNot) {
    FilmPlan keyed = plan_of("a red ball", 1.0), with = keyed;
    keyed.keyframes = {{0.5, picture(255, 0)}};
    const auto key = take("tiny-wan", keyed);
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.error().where, "keyframes");
    with.reference = std::make_shared<Stills>(picture(1, 2), 12);
    const auto reference = take("tiny-wan", with);
    ASSERT_FALSE(reference.ok());
    EXPECT_EQ(reference.error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(reference.error().where, "reference");
}

TEST(TinyModels, RefuseUnknownNames) {
    const auto model = open_model("sora-3", {});
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().kind, base::ErrorKind::NotFound);
    EXPECT_NE(model.error().text().find("tiny-ltx"), std::string::npos);
}

}  // namespace
