#include "sound/ambience/ambience.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sound/dsp/spectrum.h"

namespace sound {
namespace {

std::vector<float> heard(const AmbienceSpec& spec, double seconds = 2) {
    Ambience ambience(spec);
    std::vector<float> mono;
    while (mono.size() < seconds * 48000) {
        StereoBlock out;
        ambience.render(out, kBlock);
        for (int i = 0; i < kBlock; ++i) mono.push_back(0.5f * (out.left[i] + out.right[i]));
    }
    return mono;
}
double level(const AmbienceSpec& spec, double seconds = 2) {
    const auto x = heard(spec, seconds);
    return rms(x, 0, x.size());
}

TEST(Ambience, EverySetHasAQuietBackground) {
    std::ifstream file(std::string(AOZORA_SOURCE_DIR) + "/script/words/names.md");
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const size_t from = text.find("**Sets**");
    const size_t colon = text.find(':', from);
    std::istringstream words(text.substr(colon + 1, text.find("**", colon) - colon - 1));
    int count = 0;
    for (std::string set; words >> set; ++count) {
        const double l = level({set, {}, set == "beach" || set == "forest", 1}, 0.5);
        EXPECT_GT(l, 1e-4) << set;
        EXPECT_LT(l, 0.05) << set;
    }
    EXPECT_GE(count, 25);
}

TEST(Ambience, WordsAddAndHush) {
    const AmbienceSpec plain{"stage", {}, false, 1};
    for (const char* word : {"crowd", "wind", "music", "rain"}) {
        AmbienceSpec with = plain;
        with.words = {word};
        EXPECT_GT(level(with, 6), 2 * level(plain, 6)) << word;
    }
    AmbienceSpec quiet = plain, silent = plain;
    quiet.words = {"quiet"}, silent.words = {"silence"};
    EXPECT_LT(level(quiet), 0.6 * level(plain));
    EXPECT_EQ(level(silent), 0);
}

TEST(Ambience, PlacesAreToldApartByTheirSpectra) {
    const auto centroid = [](const char* set) {
        return spectral_centroid_hz(heard({set, {}, true, 1}, 4));
    };
    EXPECT_GT(centroid("forest"), 2 * centroid("street"));
    EXPECT_GT(centroid("beach"), 1.2 * centroid("street"));
}

TEST(Ambience, SeedsDifferAndRepeat) {
    EXPECT_EQ(heard({"forest", {"music"}, true, 4}), heard({"forest", {"music"}, true, 4}));
    EXPECT_NE(heard({"forest", {"music"}, true, 4}), heard({"forest", {"music"}, true, 5}));
}

}  // namespace
}  // namespace sound
