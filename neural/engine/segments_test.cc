#include "neural/engine/segments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neural/engine/pictures.h"

using namespace neural;

namespace {

// Pictures that say which frame they are, sound that says which sample.
class Counting final : public SegmentMaker {
public:
    Counting(int64_t most, bool able) : most_(most), able_(able) {}
    int64_t most_frames() const override { return most_; }
    Abilities abilities() const override {
        return {true, able_, able_, able_, able_ ? "" : "no references", able_ ? "" : "deaf"};
    }
    std::string identity() const override { return "counting"; }
    base::Result<Clip> make(const Segment& s, const Tell& tell,
                            const base::CancelToken* cancel) override {
        if (cancel) TRY(cancel->check());
        made.push_back(s);
        seen.emplace_back();
        for (int64_t i = 0; s.reference && i < looks; ++i) {
            const auto picture = TRY(s.reference());
            if (picture) seen.back().push_back(picture->data[0]);
        }
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
    std::vector<std::vector<int>> seen;  // first values of the references of each
    int64_t looks = 1000;                // at references, for each clip

private:
    int64_t most_;
    bool able_;
};

FilmPlan plan_of(std::vector<ShotPlan> shots) {
    FilmPlan plan;
    plan.shots = std::move(shots);
    plan.width_px = plan.height_px = 16;
    plan.fps = 10;
    return plan;
}

std::unique_ptr<Film> film_of(const std::shared_ptr<SegmentMaker>& maker, const FilmPlan& plan,
                              const FilmCallbacks& callbacks) {
    auto film = make_film_of_segments(maker, plan, callbacks);
    EXPECT_TRUE(film.ok()) << film.error().text();
    return std::move(*film);
}

// A sound that says which sample it is, in blocks that fit nothing.
class Ramp final : public base::AudioSource {
public:
    explicit Ramp(int64_t length) : length_(length) {}
    static float at(int64_t i) { return static_cast<float>(i % 997 + 1) / 1000; }
    int64_t sample_count() const override { return length_; }
    base::Result<std::optional<base::AudioBlock>> next() override {
        if (next_ >= length_) return std::optional<base::AudioBlock>();
        base::AudioBlock block;
        block.first_sample = next_;
        for (const int64_t end = std::min(length_, next_ + 1023); next_ < end; ++next_)
            block.samples.insert(block.samples.end(), 2, at(next_));
        return std::optional<base::AudioBlock>(std::move(block));
    }

private:
    int64_t length_, next_ = 0;
};

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
        const auto film = film_of(maker, plan_of({{"a", 2.0, false}, {"b", 1.0, true}}), {});
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

TEST(Segments, SaysThatNobodyHearsWhatNotToShow) {
    FilmPlan plan = plan_of({{"a", 0.5, false}});
    plan.negative_prompt = "blur";
    EXPECT_TRUE(film_of(std::make_shared<Counting>(8, true), plan, {})->remarks().empty());
    EXPECT_EQ(film_of(std::make_shared<Counting>(8, false), plan, {})->remarks().size(), 1u);
}

TEST(Segments, SaysWhatAModelCannotDo) {
    const auto film =
        film_of(std::make_shared<Counting>(8, false), plan_of({{"a", 3.0, false}}), {});
    ASSERT_EQ(film->remarks().size(), 1u);
    EXPECT_EQ(film->remarks()[0].asked, "one continuous shot");
}

std::shared_ptr<const base::Image8> plain(uint8_t value) {
    base::Image8 image(16, 16, 3);
    std::fill(image.data.begin(), image.data.end(), value);
    return std::make_shared<const base::Image8>(std::move(image));
}

struct Numbered final : base::FrameSource {
    explicit Numbered(int64_t frames) : count(frames) {}
    int width_px() const override { return 16; }
    int height_px() const override { return 16; }
    double fps() const override { return 10; }
    int64_t frame_count() const override { return count; }
    base::Result<std::optional<base::Frame>> next() override {
        if (at >= count) return std::optional<base::Frame>();
        base::Frame frame{at, *plain(static_cast<uint8_t>(at))};
        ++at;
        return std::optional(std::move(frame));
    }
    int64_t count, at = 0;
};

void pull_all(Film& film) {
    while (true) {
        const auto frame = film.frames().next();
        ASSERT_TRUE(frame.ok()) << frame.error().text();
        if (!*frame) return;
    }
}

TEST(Segments, EachTakesItsOwnKeyframes) {
    const auto maker = std::make_shared<Counting>(8, true);
    FilmPlan plan = plan_of({{"a", 2.0, false}, {"b", 1.0, false}});  // 7 6 7 | 5 5
    plan.keyframes = {
        {0, plain(100)}, {0.5, plain(101)}, {0.7, plain(102), 0.25}, {2.9, plain(103)}};
    plan.keyframes[0].strength = 0.5;
    plan.first_pictures = [](int64_t frame) -> base::Result<std::shared_ptr<const base::Image8>> {
        return plain(static_cast<uint8_t>(200 + frame));
    };
    const auto film = film_of(maker, plan, {});
    pull_all(*film);
    const auto& made = maker->made;
    ASSERT_EQ(made.size(), 5u);
    EXPECT_EQ(made[0].first_picture->data[0], 100);  // a keyframe at the very beginning
    ASSERT_EQ(made[0].keys.size(), 1u);
    EXPECT_EQ(made[0].keys[0].frame, 5);
    EXPECT_EQ(made[0].keys[0].picture->data[0], 101);
    EXPECT_EQ(made[0].keys[0].strength, 1);
    EXPECT_EQ(made[0].first_strength, 0.5);
    EXPECT_EQ(made[1].first_frame, 6);
    ASSERT_EQ(made[1].keys.size(), 1u);
    EXPECT_EQ(made[1].keys[0].frame, 1);
    EXPECT_EQ(made[1].keys[0].strength, 0.25);
    EXPECT_EQ(made[1].first_strength, 1) << "what a clip goes on from is no keyframe";
    EXPECT_EQ(made[1].first_picture->data[0], 5);    // continues
    EXPECT_EQ(made[3].first_picture->data[0], 220);  // a shot of its own
    EXPECT_EQ(made[4].first_picture->data[0], 24);
    ASSERT_EQ(made[4].keys.size(), 1u);
    EXPECT_EQ(made[4].keys[0].frame, 4);
}

TEST(Segments, EachTakesItsOwnReferences) {
    for (const int64_t looks : {1000, 3}) {  // as many as there are; too few
        const auto maker = std::make_shared<Counting>(8, true);
        maker->looks = looks;
        FilmPlan plan = plan_of({{"a", 2.0, false}});
        plan.reference = std::make_shared<Numbered>(looks > 3 ? 9 : 100);
        const auto film = film_of(maker, plan, {});
        pull_all(*film);
        ASSERT_EQ(maker->seen.size(), 3u);
        EXPECT_EQ(maker->seen[0].front(), 0);
        EXPECT_EQ(maker->seen[1].front(), 6);
        if (looks > 3) {
            EXPECT_EQ(maker->seen[0].size(), 6u);
            EXPECT_EQ(maker->seen[1].size(), 3u);  // they end within
            EXPECT_TRUE(maker->seen[2].empty());
        } else {
            EXPECT_EQ(maker->seen[2], (std::vector<int>{13, 14, 15}));
        }
    }
}

TEST(Segments, ImpossibleWishesAreRefused) {
    const auto expect_refused = [](bool able, const FilmPlan& plan, const std::string& where,
                                   const std::string& why) {
        const auto film = make_film_of_segments(std::make_shared<Counting>(8, able), plan, {});
        ASSERT_FALSE(film.ok()) << why;
        EXPECT_EQ(film.error().kind, base::ErrorKind::Usage);
        EXPECT_EQ(film.error().where, where);
        EXPECT_NE(film.error().message.find(why), std::string::npos) << film.error().text();
    };
    const FilmPlan plan = plan_of({{"a", 2.0, false}});
    FilmPlan keys = plan;
    keys.keyframes = {{1, plain(1)}};
    EXPECT_TRUE(make_film_of_segments(std::make_shared<Counting>(8, true), keys, {}).ok());
    expect_refused(false, keys, "keyframes", "words only");
    keys.keyframes = {{2, plain(1)}};
    expect_refused(true, keys, "keyframes", "its last picture is at 1.9 s");
    keys.keyframes = {{-0.1, plain(1)}};
    expect_refused(true, keys, "keyframes", "outside the film");
    keys.keyframes = {{NAN, plain(1)}};
    expect_refused(true, keys, "keyframes", "outside the film");
    keys.keyframes = {{1, plain(1)}, {1.01, plain(2)}};
    expect_refused(true, keys, "keyframes", "two pictures");
    for (const double strength : {0.0, -1.0, 1.5, static_cast<double>(NAN)}) {
        keys.keyframes = {{1, plain(1), strength}};
        expect_refused(true, keys, "keyframes", "must be above 0, at most 1");
    }
    keys.keyframes = {{0, plain(1)}};
    keys.first_picture = plain(2);
    expect_refused(true, keys, "keyframes", "two pictures");
    FilmPlan more = plan;
    more.reference = std::make_shared<Numbered>(5);
    expect_refused(false, more, "reference", "no references");
    more = plan;
    more.first_pictures = [](int64_t) -> base::Result<std::shared_ptr<const base::Image8>> {
        return plain(1);
    };
    expect_refused(false, more, "first_pictures", "words only");
    more = plan;
    more.sound = std::make_shared<Ramp>(100);
    expect_refused(false, more, "sound", "deaf");
}

TEST(Segments, AGivenSoundGoesToItsClipsAndIsTheFilms) {
    const double fps = 10;
    const int64_t all = 3 * base::kSampleRateHz;
    for (const int64_t length : {all, all + 5000, all / 3 + 77}) {
        FilmPlan plan = plan_of({{"a", 1.2, false}, {"b", 1.8, false}});
        plan.fps = fps;
        plan.sound = std::make_shared<Ramp>(length);
        const auto maker = std::make_shared<Counting>(8, true);
        const auto film = film_of(maker, plan, {});
        std::vector<float> heard;
        while (const auto block = *film->audio().next())
            heard.insert(heard.end(), block->samples.begin(), block->samples.end());
        ASSERT_EQ(heard.size(), static_cast<size_t>(2 * all));
        for (int64_t i = 0; i < all; ++i) {
            ASSERT_EQ(heard[static_cast<size_t>(2 * i)], i < length ? Ramp::at(i) : 0.0f) << i;
        }
        int64_t given = 0;
        for (const Segment& s : maker->made) given += static_cast<int64_t>(s.sound.size() / 2);
        EXPECT_EQ(given, std::min(length, all));
    }
}

TEST(Segments, ProgressNeverFallsAndEndsAtOne) {
    double last = 0;
    FilmCallbacks callbacks;
    callbacks.progress = [&](const FilmProgress& p) {
        EXPECT_GE(p.fraction, last);
        last = p.fraction;
    };
    const auto film =
        film_of(std::make_shared<Counting>(8, true), plan_of({{"a", 3.0, false}}), callbacks);
    while (*film->frames().next()) {
    }
    EXPECT_DOUBLE_EQ(last, 1.0);
}

TEST(Segments, CancelEndsTheFilm) {
    base::CancelToken cancel;
    FilmCallbacks callbacks;
    callbacks.cancel = &cancel;
    const auto film =
        film_of(std::make_shared<Counting>(8, true), plan_of({{"a", 3.0, false}}), callbacks);
    EXPECT_TRUE(film->frames().next().ok());
    cancel.cancel();
    const auto frame = film->frames().next();
    ASSERT_FALSE(frame.ok());
    EXPECT_EQ(frame.error().kind, base::ErrorKind::Cancelled);
}

TEST(Pictures, GoThereAndBack) {
    base::Image8 image(64, 32, 3);
    for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = static_cast<uint8_t>(i * 7);
    const tensor::Tensor t = from_image(image, {64, 32, 64, 32});
    EXPECT_EQ(to_image(t.reshape({1, 32, 64, 3}), 0, 64, 32).data, image.data);
    // A larger target of the same shape keeps a plain colour plain; another shape is cut.
    base::Image8 plain(10, 20, 3);
    std::fill(plain.data.begin(), plain.data.end(), uint8_t{200});
    for (const float v : from_image(plain, {96, 64, 96, 64}).to_vector())
        ASSERT_NEAR(v, 200 / 127.5 - 1, 1e-5);
}

// A film's picture that goes back into a larger net picture lies where it was cut from: clips that
// go on from one another do not creep. Around it is its edge.
TEST(Pictures, LieWhereTheyWereCutFrom) {
    base::Image8 image(90, 58, 3);
    for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = static_cast<uint8_t>(i * 7);
    const tensor::Tensor t = from_image(image, {96, 64, 90, 58}).reshape({1, 64, 96, 3});
    EXPECT_EQ(to_image(t, 0, 90, 58).data, image.data);
    EXPECT_NEAR(t.f32()[0], image.data[0] / 127.5 - 1, 1e-6);
    // At half the size too, within what bilinear sampling of a slope can say.
    for (int y = 0; y < 58; ++y)
        for (int x = 0; x < 90; ++x)
            for (int c = 0; c < 3; ++c) image.at(x, y)[c] = static_cast<uint8_t>(2 * x + y);
    const tensor::Tensor half = from_image(image, {48, 32, 45, 29});
    for (int64_t y = 4; y < 28; ++y) {
        for (int64_t x = 4; x < 44; ++x) {
            const double px = 2 * (static_cast<double>(x) + 0.5) - 3 - 0.5,
                         py = 2 * (static_cast<double>(y) + 0.5) - 3 - 0.5;
            ASSERT_NEAR(half.f32()[(y * 48 + x) * 3], (2 * px + py) / 127.5 - 1, 1e-4);
        }
    }
}

TEST(Pictures, NotANumberIsBlack) {
    tensor::Tensor t = tensor::Tensor::full({1, 2, 2, 3}, NAN);
    for (const uint8_t v : to_image(t, 0, 2, 2).data) EXPECT_EQ(v, 0);
}

}  // namespace
