#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "sound/dsp/biquad.h"
#include "sound/dsp/spectrum.h"
#include "sound/modes/body_modes.h"
#include "sound/modes/mode_formulas.h"

namespace sound {
namespace {

RingBody body_of(RingClass form, std::string_view material, double size_m) {
    RingBody b;
    b.form = form;
    b.material = &acoustic_material(material);
    b.length_m = size_m, b.width_m = 0.6 * size_m, b.thickness_m = 0.05 * size_m;
    if (form == RingClass::Block || form == RingClass::Figurine) b.thickness_m = 0.4 * size_m;
    b.radius_m = size_m / 2;
    b.wall_m = 0.02 * size_m;
    b.mass_kg = 1;
    return b;
}

TEST(AcousticMaterial, KnowsEveryMaterialOfTheHouse) {
    std::ifstream file(std::string(AOZORA_SOURCE_DIR) + "/script/words/names.md");
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const size_t from = text.find("**Materials**"), to = text.find("**Sets**");
    ASSERT_NE(from, std::string::npos);
    std::istringstream words(text.substr(text.find(':', from) + 1, to - text.find(':', from) - 1));
    int count = 0;
    for (std::string word; words >> word; ++count) EXPECT_TRUE(has_acoustic_material(word)) << word;
    EXPECT_GE(count, 50);
}

TEST(AcousticMaterial, FiguresArePhysical) {
    for (const AcousticMaterial& m : all_acoustic_materials()) {
        EXPECT_GT(m.density_kgpm3, 0) << m.name;
        EXPECT_GT(m.bar_speed_mps, 0) << m.name;
        EXPECT_GE(m.loss_factor, 1e-4) << m.name;
        EXPECT_LT(m.loss_factor, 1) << m.name;
        EXPECT_LT(m.poisson_ratio, 0.5) << m.name;
    }
    // Steel: E ~ 200 GPa, shear wave ~ 3.15 km/s.
    EXPECT_NEAR(youngs_modulus_pa(acoustic_material("steel")), 200e9, 5e9);
    EXPECT_NEAR(shear_speed_mps(acoustic_material("steel")), 3150, 50);
}

TEST(ModeFormulas, TextbookValues) {
    const AcousticMaterial& steel = acoustic_material("steel");
    // Free bar 1 m x 10 mm: f1 = 1.028 (h / L^2) c = 51.9 Hz; ratios 2.757, 5.404.
    const auto bar = bar_frequencies_hz(steel, 1, 0.01 / std::sqrt(12.0), 3);
    EXPECT_NEAR(bar[0], 51.9, 0.6);
    EXPECT_NEAR(bar[1] / bar[0], 2.757, 0.02);
    EXPECT_NEAR(bar[2] / bar[0], 5.404, 0.04);
    // Free square plate: first mode (twist) c_L h / a^2 * 0.6..0.7 for nu ~ 0.3.
    const auto plate = free_plate_frequencies_hz(steel, 0.4, 0.4, 0.002, 3);
    EXPECT_NEAR(plate[0], 0.65 * 5277 * 0.002 / 0.16, 5);
    // Basketball's cavity: 947 Hz at 12 cm (Russell 2010 measured about 930).
    EXPECT_NEAR(air_sphere_frequencies_hz(0.12, 1)[0], 947, 2);
    // Solid steel sphere of 10 cm radius: S2 at 2.65 c_t / (2 pi a) ~ 13.3 kHz.
    EXPECT_NEAR(solid_sphere_frequencies_hz(steel, 0.1, 9)[1], 13260, 200);
    // Bell: hum, prime, tierce, quint, nominal.
    const auto bell = bell_frequencies_hz(acoustic_material("brass"), 0.5, 5);
    EXPECT_NEAR(bell[1] / bell[0], 2, 1e-9);
    EXPECT_NEAR(bell[2] / bell[1], 1.2, 1e-9);
    EXPECT_NEAR(bell[3] / bell[1], 1.5, 1e-9);
    EXPECT_NEAR(bell[4] / bell[1], 2, 1e-9);
    // Wine glass, R 3.5 cm, wall 1 mm: some 500 to 1000 Hz (French 1983).
    const double glass =
        vessel_frequencies_hz(acoustic_material("glass"), 0.035, 0.09, 0.001, 1)[0];
    EXPECT_GT(glass, 450);
    EXPECT_LT(glass, 1100);
}

TEST(BodyModes, TwiceTheSizeSoundsAnOctaveLower) {
    for (const auto& [form, material] : {std::pair{RingClass::ShellBall, "glass"},
                                         {RingClass::Rod, "steel"},
                                         {RingClass::Tube, "steel"},
                                         {RingClass::Plate, "wood"},
                                         {RingClass::Disc, "brass"},
                                         {RingClass::Block, "wood"},
                                         {RingClass::Ring, "steel"},
                                         {RingClass::Bell, "brass"},
                                         {RingClass::Vessel, "ceramic"},
                                         {RingClass::Figurine, "glass"},
                                         {RingClass::AirBall, "rubber"}}) {
        const auto small = body_modes(body_of(form, material, 0.25), {});
        const auto large = body_modes(body_of(form, material, 0.5), {});
        ASSERT_FALSE(small.empty());
        EXPECT_NEAR(small[0].frequency_hz / large[0].frequency_hz, 2, 0.02)
            << static_cast<int>(form);
        // High tones die first, so the larger body rings longer.
        EXPECT_GT(t60_s(large[0]), t60_s(small[0])) << static_cast<int>(form);
    }
}

TEST(BodyModes, StifferIsHigherLossierIsShorter) {
    const auto first = [](const char* material) {
        return body_modes(body_of(RingClass::Vessel, material, 0.3), {})[0];
    };
    EXPECT_GT(first("glass").frequency_hz, first("plastic").frequency_hz);
    EXPECT_GT(t60_s(first("glass")), 2 * t60_s(first("plastic")));
    EXPECT_GT(t60_s(first("steel")), t60_s(first("ceramic")));
}

TEST(BodyModes, SameBodyStruckElsewhereKeepsItsTonesAndChangesItsColour) {
    const RingBody bell = body_of(RingClass::Bell, "brass", 0.3);
    const auto a = body_modes(bell, {5, 1}), b = body_modes(bell, {5, 2});
    ASSERT_EQ(a.size(), b.size());
    double differ = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        EXPECT_DOUBLE_EQ(a[i].frequency_hz, b[i].frequency_hz);
        differ += std::abs(std::abs(a[i].gain) - std::abs(b[i].gain));
    }
    EXPECT_GT(differ, 0.05);
}

TEST(ResonatorBank, RingsAtItsFrequencyForItsTime) {
    const Mode mode{880, 6.9078 / 0.5, 1};
    ResonatorBank bank({mode});
    std::vector<float> heard(48000, 0.f);
    const float one = 1;
    bank.run(&one, heard.data(), 1);
    bank.run(nullptr, heard.data() + 1, 47999);
    EXPECT_NEAR(strongest_hz(heard), 880, 1);
    EXPECT_NEAR(decay_t60_s(heard), 0.5, 0.02);
}

TEST(ResonatorBank, LeavesOutWhatCannotBeHeard) {
    EXPECT_TRUE(ResonatorBank({{25000, 1, 1}, {3, 1, 1}, {440, 1, 0}}).empty());
}

}  // namespace
}  // namespace sound
