// Same shot list, seed, build and instruction set: the same frames and samples, for any threads.
#include <gtest/gtest.h>

#include "base/core/random.h"
#include "script/writer/write.h"
#include "studio/director/take.h"

namespace {

struct Hashes {
    uint64_t frames = 0, samples = 0;
    bool operator==(const Hashes&) const = default;
};

uint64_t add_bytes(uint64_t hash, const void* data, size_t size) {
    return base::hash_combine(hash, base::hash_text({static_cast<const char*>(data), size}));
}

Hashes make(const std::string& prompt, int threads, uint64_t seed = 1) {
    script::WriteOptions options;
    options.seconds = 0.5;
    options.width_px = 128;
    options.height_px = 72;
    options.seed = seed;
    const auto written = script::write_shot_list(prompt, options);
    EXPECT_TRUE(written.ok());
    world::MemoryRecord record;
    studio::TakeOptions take_options;
    take_options.quality = render::Quality::Standard;
    take_options.threads = threads;
    auto take = studio::direct(written->shots, take_options, record);
    EXPECT_TRUE(take.ok()) << (take.ok() ? "" : take.error().text());
    Hashes hashes;
    for (;;) {
        auto frame = (*take)->frames().next();
        if (!frame.ok() || !frame->has_value()) break;
        hashes.frames =
            add_bytes(hashes.frames, (*frame)->image.data.data(), (*frame)->image.data.size());
    }
    for (;;) {
        auto block = (*take)->audio().next();
        if (!block.ok() || !block->has_value()) break;
        hashes.samples = add_bytes(hashes.samples, (*block)->samples.data(),
                                   (*block)->samples.size() * sizeof(float));
    }
    return hashes;
}

class Determinism : public testing::TestWithParam<const char*> {};

TEST_P(Determinism, TwoRunsAndOneOrTwoThreadsGiveTheSameFilm) {
    const Hashes first = make(GetParam(), 2);
    EXPECT_EQ(first, make(GetParam(), 2));
    EXPECT_EQ(first, make(GetParam(), 1));
}

INSTANTIATE_TEST_SUITE_P(Films, Determinism,
                         testing::Values("A basketball player shoots a ball.",
                                         "Three balls fall into a swimming pool.",
                                         "A glass vase falls off a shelf and shatters, film noir.",
                                         "A figure skater twirls on ice, anime."));

TEST(Determinism, AnotherSeedIsAnotherFilm) {
    EXPECT_NE(make("A glass vase falls off a shelf and shatters.", 2, 1).frames,
              make("A glass vase falls off a shelf and shatters.", 2, 2).frames);
}

}  // namespace
