#include "neural/engine/segments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neural/engine/pictures.h"

using namespace neural;

namespace {

// Pictures that say which frame they are, sound that says which sample.
class Counting final : public SegmentMaker {
public:
    Counting(int64_t most, bool starts) : most_(most), starts_(starts) {}
    int64_t most_frames() const override { return most_; }
    bool starts_from_pictures() const override { return starts_; }
    bool makes_sound() const override { return true; }
    std::string identity() const override { return "counting"; }
    base::Result<Clip> make(const Segment& s, const Tell& tell,
                            const base::CancelToken* cancel) override {
        if (cancel) TRY(cancel->check());
        made.push_back(s);
        for (int i = 1; i <= 4; ++i) tell("denoising", i, 4);
        struct Own final : Pictures {
            int64_t next_frame;
            base::Result<base::Image8> next() override {
                base::Image8 image(16, 16, 3);
                image.data[0] = static_cast<uint8_t>(next_frame++);
                return image;
            }
        };
        auto pictures = std::make_unique<Own>();
        pictures->next_frame = s.first_frame;
        return Clip{std::move(pictures), std::vector<float>(20, static_cast<float>(s.index + 1))};
    }
    std::vector<Segment> made;

private:
    int64_t most_;
    bool starts_;
};

FilmPlan plan_of(std::vector<ShotPlan> shots) {
    FilmPlan plan;
    plan.shots = std::move(shots);
    plan.width_px = plan.height_px = 16;
    plan.fps = 10;
    return plan;
}

TEST(Segments, CutsCoverTheFilmWithoutAGap) {
    for (const double fps : {10.0, 23.976, 24.0, 60.0}) {
        for (const int64_t most : {1, 7, 81, 10000}) {
            FilmPlan plan = plan_of({{"a", 1.37, false}, {"b", 12.2, true}, {"c", 0.04, false}});
            plan.fps = fps;
            const auto cuts = cut_plan(plan, most);
            int64_t at = 0;
            for (const Cut& c : cuts) {
                EXPECT_EQ(c.first_frame, at);
                EXPECT_GE(c.frames, 1);
                EXPECT_LE(c.frames, most);
                at += c.frames;
            }
            EXPECT_EQ(at, std::llround((1.37 + 12.2 + 0.04) * fps));
            EXPECT_FALSE(cuts.front().continues);
        }
    }
}

TEST(Segments, FramesAndSoundComeInOrderWhicheverIsPulledFirst) {
    for (const bool sound_first : {false, true}) {
        const auto maker = std::make_shared<Counting>(8, true);
        const auto film =
            make_film_of_segments(maker, plan_of({{"a", 2.0, false}, {"b", 1.0, true}}), {});
        const auto pull_sound = [&] {
            int64_t samples = 0;
            while (true) {
                const auto block = film->audio().next();
                ASSERT_TRUE(block.ok());
                if (!*block) break;
                EXPECT_EQ((*block)->first_sample, samples);
                samples += (*block)->sample_count();
            }
            EXPECT_EQ(samples, 3 * 48000);
        };
        if (sound_first) pull_sound();
        for (int i = 0; i < 30; ++i) {
            const auto frame = film->frames().next();
            ASSERT_TRUE(frame.ok() && *frame);
            EXPECT_EQ((*frame)->index, i);
            EXPECT_EQ((*frame)->image.data[0], i);
        }
        EXPECT_FALSE(*film->frames().next());
        if (!sound_first) pull_sound();
        ASSERT_EQ(maker->made.size(), 5u);  // 20 frames in 3, 10 in 2
        for (size_t i = 1; i < 5; ++i) {
            ASSERT_TRUE(maker->made[i].first_picture);
            EXPECT_EQ(maker->made[i].first_picture->data[0], maker->made[i].first_frame - 1);
            EXPECT_NE(maker->made[i].seed, maker->made[i - 1].seed);
        }
    }
}

TEST(Segments, SaysWhatAModelCannotDo) {
    const auto film = make_film_of_segments(std::make_shared<Counting>(8, false),
                                            plan_of({{"a", 3.0, false}}), {});
    ASSERT_EQ(film->remarks().size(), 1u);
    EXPECT_EQ(film->remarks()[0].asked, "one continuous shot");
}

TEST(Segments, ProgressNeverFallsAndEndsAtOne) {
    double last = 0;
    FilmCallbacks callbacks;
    callbacks.progress = [&](const FilmProgress& p) {
        EXPECT_GE(p.fraction, last);
        last = p.fraction;
    };
    const auto film = make_film_of_segments(std::make_shared<Counting>(8, true),
                                            plan_of({{"a", 3.0, false}}), callbacks);
    while (*film->frames().next()) {
    }
    EXPECT_DOUBLE_EQ(last, 1.0);
}

TEST(Segments, CancelEndsTheFilm) {
    base::CancelToken cancel;
    FilmCallbacks callbacks;
    callbacks.cancel = &cancel;
    const auto film = make_film_of_segments(std::make_shared<Counting>(8, true),
                                            plan_of({{"a", 3.0, false}}), callbacks);
    EXPECT_TRUE(film->frames().next().ok());
    cancel.cancel();
    const auto frame = film->frames().next();
    ASSERT_FALSE(frame.ok());
    EXPECT_EQ(frame.error().kind, base::ErrorKind::Cancelled);
}

TEST(Pictures, GoThereAndBack) {
    base::Image8 image(64, 32, 3);
    for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = static_cast<uint8_t>(i * 7);
    const tensor::Tensor t = from_image(image, 64, 32);
    EXPECT_EQ(to_image(t.reshape({1, 32, 64, 3}), 0, 64, 32).data, image.data);
    // A larger target of the same shape keeps a plain colour plain; another shape is cut.
    base::Image8 plain(10, 20, 3);
    std::fill(plain.data.begin(), plain.data.end(), uint8_t{200});
    for (const float v : from_image(plain, 96, 64).to_vector())
        ASSERT_NEAR(v, 200 / 127.5 - 1, 1e-5);
}

TEST(Pictures, NotANumberIsBlack) {
    tensor::Tensor t = tensor::Tensor::full({1, 2, 2, 3}, NAN);
    for (const uint8_t v : to_image(t, 0, 2, 2).data) EXPECT_EQ(v, 0);
}

}  // namespace
