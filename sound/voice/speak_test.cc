#include "sound/voice/speak.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sound/dsp/resample.h"
#include "sound/dsp/spectrum.h"
#include "sound/voice/speech_text.h"
#include "sound/voice/visemes.h"

namespace sound {
namespace {

Speech spoken(const VoiceRequest& request) { return speak(request).value(); }

// Median pitch by autocorrelation of voiced 40 ms frames.
double pitch_hz(const std::vector<float>& x) {
    std::vector<double> found;
    for (size_t start = 0; start + 3840 < x.size(); start += 960) {
        double best = 0, zero = 0;
        int lag_of_best = 0;
        for (size_t i = 0; i < 1920; ++i) zero += static_cast<double>(x[start + i]) * x[start + i];
        if (zero < 1920 * 0.002) continue;
        for (int lag = 96; lag < 800; lag += 2) {
            double sum = 0;
            for (size_t i = 0; i < 1920; i += 2)
                sum += 2.0 * x[start + i] * x[start + i + static_cast<size_t>(lag)];
            if (sum > best) best = sum, lag_of_best = lag;
        }
        if (best > 0.5 * zero) found.push_back(48000.0 / lag_of_best);
    }
    if (found.empty()) return 0;
    std::sort(found.begin(), found.end());
    return found[found.size() / 2];
}

TEST(Speak, SaysSomethingOfSensibleLengthAndLevel) {
    const Speech s = spoken({"The ball bounces off the backboard."});
    EXPECT_GT(s.seconds(), 1.2);
    EXPECT_LT(s.seconds(), 4);
    float peak = 0;
    for (const float x : s.samples) peak = std::max(peak, std::abs(x));
    EXPECT_LT(peak, 1);
    EXPECT_GT(peak, 0.2);
    EXPECT_EQ(s.samples.front(), 0.f);
}

TEST(Speak, VisemesRiseInTimeFromRestToRest) {
    const Speech s = spoken({"My mother bought five blue books.", "male"});
    ASSERT_GT(s.visemes.size(), 8u);
    EXPECT_EQ(s.visemes.front().first, 0);
    EXPECT_EQ(s.visemes.back().second, 0);
    bool closed = false;
    for (size_t i = 0; i < s.visemes.size(); ++i) {
        EXPECT_GE(s.visemes[i].second, 0);
        EXPECT_LT(s.visemes[i].second, kVisemeCount);
        closed |= s.visemes[i].second == 1;
        if (i > 0) {
            EXPECT_GT(s.visemes[i].first, s.visemes[i - 1].first);
        }
    }
    EXPECT_TRUE(closed);  // m, b
    EXPECT_LE(s.visemes.back().first, s.seconds());
}

TEST(Speak, IsTheSameEveryTimeWhateverCameBetween) {
    const Speech first = spoken({"Hello there."});
    spoken({"Something else, quite loud!", "male", "old", "shouting"});
    EXPECT_EQ(first.samples, spoken({"Hello there."}).samples);
}

TEST(Speak, PeopleDiffer) {
    const std::string line = "We were away a long while ago.";
    const double woman = pitch_hz(spoken({line, "female"}).samples);
    const double man = pitch_hz(spoken({line, "male"}).samples);
    const double child = pitch_hz(spoken({line, "female", "child"}).samples);
    EXPECT_GT(woman, 1.25 * man);
    EXPECT_GT(child, 1.2 * woman);
    EXPECT_GT(spoken({line, "female", "old"}).seconds(), spoken({line, "female"}).seconds());
}

TEST(Speak, MannerIsHeard) {
    const std::string line = "We were away a long while ago.";
    const Speech plain = spoken({line}), whisper = spoken({line, "female", "young", "whispering"}),
                 shout = spoken({line, "female", "young", "shouting"}),
                 slow = spoken({line, "female", "young", "slowly"});
    EXPECT_GT(slow.seconds(), 1.15 * plain.seconds());
    EXPECT_GT(rms(shout.samples, 0, shout.samples.size()),
              1.2 * rms(plain.samples, 0, plain.samples.size()));
    EXPECT_LT(rms(whisper.samples, 0, whisper.samples.size()),
              0.7 * rms(plain.samples, 0, plain.samples.size()));
    EXPECT_EQ(pitch_hz(whisper.samples), 0);  // nothing voiced is left
    EXPECT_GT(pitch_hz(shout.samples), 1.1 * pitch_hz(plain.samples));
}

TEST(Speak, BadTextIsHarmless) {
    EXPECT_EQ(spoken({""}).samples.size(), 0u);
    EXPECT_EQ(spoken({"\x01\x02 \xff\xfe \xf0\x9f\x98\x80 ..."}).samples.size(), 0u);
    EXPECT_GT(spoken({"Caf\xc3\xa9 \xe2\x80\x9cna\xc3\xafve\xe2\x80\x9d \x07!"}).seconds(), 0.4);
    EXPECT_GT(spoken({"<speak>&amp; 50% @ $7</speak>"}).seconds(), 0.4);
}

TEST(SpeechText, CutsEndlessLinesAtAWord) {
    std::string text;
    while (text.size() < 32000) text += "word ";
    const SpeechText cut = speech_text(text);
    EXPECT_TRUE(cut.cut);
    EXPECT_LE(cut.text.size(), kLongestLine);
    EXPECT_NE(cut.text.back(), 'o');
    EXPECT_TRUE(speech_text(std::string(32000, 'a')).cut);
    EXPECT_FALSE(speech_text("short").cut);
}

TEST(Visemes, EveryPhoneHasItsMouth) {
    EXPECT_EQ(viseme_of_phone("m"), 1);
    EXPECT_EQ(viseme_of_phone("f"), 2);
    EXPECT_EQ(viseme_of_phone("aa"), 12);
    EXPECT_EQ(viseme_of_phone("uw"), 11);
    EXPECT_EQ(viseme_of_phone("pau"), 0);
    EXPECT_EQ(viseme_of_phone("?"), 0);
    // Brief shapes give way, closed lips do not.
    const auto track = viseme_track({{"aa", 0.2}, {"t", 0.22}, {"m", 0.24}, {"iy", 0.5}});
    ASSERT_EQ(track.size(), 4u);
    EXPECT_EQ(track[0], (std::pair<double, int>{0.0, 12}));
    EXPECT_EQ(track[1].second, 1);
    EXPECT_EQ(track[2].second, 9);
    EXPECT_EQ(track[3].second, 0);
}

TEST(Resample, KeepsTonesAndRefusesImages) {
    std::vector<float> tone(16000);
    for (size_t i = 0; i < tone.size(); ++i)
        tone[i] = static_cast<float>(
            std::sin(2 * 3.14159265358979 * 1000 * static_cast<double>(i) / 16000));
    const std::vector<float> up = resample(tone, 1.0 / 3);
    EXPECT_EQ(up.size(), 48000u);
    EXPECT_NEAR(strongest_hz(up), 1000, 0.5);
    const std::vector<float> middle(up.begin() + 4800, up.end() - 4800);
    double at_image = 0, total = 0;
    const Spectrum s = power_spectrum(middle);
    for (size_t i = 0; i < s.power.size(); ++i) {
        total += s.power[i];
        const double f = static_cast<double>(i) * s.bin_hz;
        if (f > 14900 && f < 15100) at_image += s.power[i];
    }
    EXPECT_LT(10 * std::log10(at_image / total), -70);
}

}  // namespace
}  // namespace sound
