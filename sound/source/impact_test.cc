#include "sound/source/impact.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sound/dsp/biquad.h"
#include "sound/dsp/spectrum.h"
#include "sound/modes/body_modes.h"
#include "sound/source/footstep.h"
#include "sound/source/pulse.h"
#include "sound/source/shatter.h"
#include "sound/source/splash.h"

namespace sound {
namespace {

RingBody ball(std::string_view material, double diameter_m, RingClass form = RingClass::SolidBall) {
    RingBody b;
    b.form = form;
    b.material = &acoustic_material(material);
    b.length_m = b.width_m = b.thickness_m = diameter_m;
    b.radius_m = diameter_m / 2;
    b.wall_m = 0.004;
    b.mass_kg = form == RingClass::SolidBall
                    ? b.material->density_kgpm3 * base::kPi / 6 * std::pow(diameter_m, 3)
                    : 0.6;
    b.contact_loss = 2e-3;
    return b;
}

BlowSpec blow(RingBody a, std::string_view floor, double speed_mps = 3) {
    BlowSpec spec;
    spec.a = a;
    spec.b = ring_part("floor", floor);
    spec.closing_speed_mps = speed_mps;
    spec.impulse_Ns = a.mass_kg * speed_mps * 1.5;
    return spec;
}

std::vector<float> heard(Source& source, double seconds = 1.5) {
    std::vector<float> out(static_cast<size_t>(seconds * 48000), 0.f);
    for (size_t at = 0; at < out.size(); at += 240)
        if (!source.render(out.data() + at,
                           static_cast<int>(std::min<size_t>(240, out.size() - at))))
            break;
    return out;
}
std::vector<float> heard(const BlowSpec& spec) { return heard(*make_impact(spec)); }

double peak(const std::vector<float>& x) {
    double p = 0;
    for (const float v : x) p = std::max(p, std::abs(static_cast<double>(v)));
    return p;
}

TEST(Impact, SteelRubberAndGlassAreUnmistakable) {
    const auto steel = heard(blow(ball("steel", 0.1), "concrete"));
    const auto rubber = heard(blow(ball("rubber", 0.24, RingClass::AirBall), "wood"));
    const auto glass = heard(blow(ball("glass", 0.016), "tile"));
    const double s = spectral_centroid_hz(steel), r = spectral_centroid_hz(rubber),
                 g = spectral_centroid_hz(glass);
    EXPECT_LT(2.5 * r, s);
    EXPECT_LT(1.3 * s, g);
    EXPECT_LT(r, 700);
    EXPECT_GT(g, 3000);
    // Rubber's body lies in its air mode, 80 to 150 Hz.
    const double thump = strongest_hz(rubber, 60, 400);
    EXPECT_GT(thump, 70);
    EXPECT_LT(thump, 260);
}

TEST(Impact, TwiceTheSizeShiftsCentroidAndDecayAsTheModesPredict) {
    RingBody small;
    small.form = RingClass::Bell;
    small.material = &acoustic_material("brass");
    small.length_m = small.width_m = small.thickness_m = 0.2;
    small.radius_m = 0.1, small.mass_kg = 1;
    RingBody large = small;
    large.length_m = large.width_m = large.thickness_m = 0.4;
    large.radius_m = 0.2, large.mass_kg = 8;
    const auto predict = [](const RingBody& body) {
        double sum = 0, total = 0;
        for (const Mode& m : body_modes(body, {1, 3 ^ 1})) {
            const double energy = m.gain * m.gain / m.decay_per_s;
            sum += m.frequency_hz * energy, total += energy;
        }
        return sum / total;
    };
    const auto ring = [](const RingBody& body) {
        BlowSpec spec;
        spec.a = body;
        spec.b = ball("steel", 0.02);
        spec.impulse_Ns = 0.05, spec.closing_speed_mps = 1.5;
        return heard(*make_impact(spec), 4);
    };
    const auto a = ring(small), b = ring(large);
    const double measured = spectral_centroid_hz(a) / spectral_centroid_hz(b);
    EXPECT_NEAR(measured, predict(small) / predict(large), 0.35);
    EXPECT_GT(measured, 1.35);
    EXPECT_GT(decay_t60_s(b), 1.3 * decay_t60_s(a));
}

TEST(Impact, ClickOfABallFallsWithItsRadius) {
    // Billiard balls have no audible modes: their clack is air, at about c / (2 pi a).
    const auto clack = [](double diameter) {
        BlowSpec spec;
        spec.a = spec.b = ball("resin", diameter);
        spec.impulse_Ns = 1, spec.closing_speed_mps = 3;
        return spectral_centroid_hz(heard(spec), 100, 8000);
    };
    EXPECT_GT(clack(0.05), 1.25 * clack(0.15));
}

TEST(Impact, BeginsWithItsEventAndNeverBefore) {
    for (const auto& spec : {blow(ball("steel", 0.1), "concrete"),
                             blow(ball("rubber", 0.24, RingClass::AirBall), "wood"),
                             blow(ball("glass", 0.016), "tile"), blow(ball("clay", 0.3), "carpet"),
                             blow(ball("wood", 0.1), "ice"), blow(ball("flesh", 0.3), "sand"),
                             blow(ball("jelly", 0.2), "plastic")}) {
        const int64_t first = onset_sample(heard(spec), 0.1);
        EXPECT_GE(first, 0);
        EXPECT_LE(first, 96) << spec.a.material->name << " on " << spec.b.material->name;
    }
}

TEST(Impact, LouderWithEnergyButTamed) {
    BlowSpec soft = blow(ball("wood", 0.1), "wood", 1), hard = blow(ball("wood", 0.1), "wood", 10);
    soft.duration_s = hard.duration_s = 5e-4;
    const double ratio = peak(heard(hard)) / peak(heard(soft));
    EXPECT_NEAR(20 * std::log10(ratio), 12, 0.5);  // 20 dB of energy x 0.6
    EXPECT_NEAR(peak(heard(soft)), blow_amplitude(soft), 0.15 * blow_amplitude(soft));
}

TEST(Impact, RepeatsAreNotIdenticalButSeedsRepeat) {
    BlowSpec one = blow(ball("wood", 0.1), "wood"), two = one;
    two.strike_seed = 99;
    EXPECT_EQ(heard(one), heard(one));
    EXPECT_NE(heard(one), heard(two));
}

TEST(Impact, EveryPairOfMaterialsIsFiniteAndEnds) {
    for (const AcousticMaterial& a : all_acoustic_materials())
        for (const char* floor : {"wood", "tile", "snow", "water"}) {
            auto source = make_impact(blow(ball(a.name, 0.2), floor));
            const auto sound = heard(*source, 0.05);
            for (const float x : sound) ASSERT_TRUE(std::isfinite(x)) << a.name << floor;
        }
}

TEST(Pulse, HertzFollowsItsPowers) {
    const RingBody steel = ball("steel", 0.05);
    // Two equal spheres at 1 m/s: 2.87 (m^2 / (R E^2 v))^(1/5) with halves: about 0.2 ms.
    const double t = contact_time_s(steel, steel, 1);
    EXPECT_GT(t, 8e-5);
    EXPECT_LT(t, 3e-4);
    EXPECT_NEAR(contact_time_s(steel, steel, 32) / t, 0.5, 0.01);  // v^(-1/5)
    double sum = 0;
    for (const float f : force_pulse(0.0013)) sum += f;
    EXPECT_NEAR(sum, 1, 1e-5);
    EXPECT_EQ(force_pulse(1e-5).size(), 1u);
}

TEST(Shatter, IsBrightAndOutlastsItsCrack) {
    ShatterSpec spec;
    spec.body.form = RingClass::Vessel;
    spec.body.material = &acoustic_material("glass");
    spec.body.length_m = 0.3, spec.body.width_m = spec.body.thickness_m = 0.15;
    const auto sound = heard(*make_shatter(spec));
    EXPECT_GT(spectral_centroid_hz(sound), 2500);
    EXPECT_LE(onset_sample(sound), 96);
    EXPECT_GT(rms(sound, 9600, 4800), 1e-3 * peak(sound));  // tinkling at 0.2 s
}

TEST(Splash, BubblesRingAtMinnaert) {
    EXPECT_NEAR(minnaert_hz(0.001), 3260, 1);
    SplashSpec small, large;
    small.size_m = 0.03, small.mass_kg = 0.02;
    large.size_m = 0.6, large.mass_kg = 60;
    const auto a = heard(*make_splash(small)), b = heard(*make_splash(large));
    EXPECT_GT(spectral_centroid_hz(a), 1.3 * spectral_centroid_hz(b));
    EXPECT_GT(peak(b), 2 * peak(a));
    EXPECT_LE(onset_sample(b), 480);
}

TEST(Footstep, FloorsDiffer) {
    const auto step = [](const char* floor) {
        StepSpec spec;
        spec.floor = floor, spec.shoe = "rubber";
        return heard(*make_footstep(spec), 0.6);
    };
    EXPECT_LT(spectral_centroid_hz(step("wood")), spectral_centroid_hz(step("snow")));
    EXPECT_GT(decay_t60_s(step("wood")), 0.05);
    EXPECT_LE(onset_sample(step("tile")), 96);
}

}  // namespace
}  // namespace sound
