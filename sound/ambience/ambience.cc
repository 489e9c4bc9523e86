#include "sound/ambience/ambience.h"

#include <algorithm>
#include <string_view>

namespace sound {
namespace {

using Layers = std::vector<std::unique_ptr<Layer>>;

void room_tone(Layers& to, double level, uint64_t seed) {
    to.push_back(noise_bed(60, 700, level, 0.08, seed));
    to.push_back(noise_bed(700, 5000, 0.15 * level, 0.05, seed + 20));
}

void open_air(Layers& to, double level, uint64_t seed) {
    to.push_back(noise_bed(80, 900, level, 0.3, seed));
    to.push_back(noise_bed(900, 6000, 0.3 * level, 0.3, seed + 20));
}

// Mains are 50 Hz; lamps and motors hum at twice that.
void place_layers(Layers& to, std::string_view key, bool outdoors, uint64_t seed) {
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), key) != names.end();
    };
    if (is({"gym"})) {
        room_tone(to, 0.0022, seed);
        to.push_back(mains_hum(100, 0.0006, seed + 1));
        to.push_back(crowd(5, 0.0010, seed + 2));
    } else if (is({"kitchen"})) {
        room_tone(to, 0.0009, seed);
        to.push_back(mains_hum(50, 0.0014, seed + 1));  // fridge
        to.push_back(noise_bed(180, 420, 0.0006, 0.1, seed + 2));
    } else if (is({"beach"})) {
        to.push_back(waves(8.5, 0.016, seed));
        to.push_back(wind(0.003, seed + 1));
    } else if (is({"forest"})) {
        open_air(to, 0.0025, seed);
        to.push_back(noise_bed(1500, 7000, 0.0030, 0.8, seed + 1));  // leaves
        to.push_back(birds(0.75, 0.007, seed + 2));
    } else if (is({"park", "garden"})) {
        open_air(to, 0.0022, seed);
        to.push_back(birds(0.55, 0.006, seed + 1));
        to.push_back(traffic(0.0018, seed + 2));
    } else if (is({"mountain_meadow", "meadow"})) {
        to.push_back(wind(0.004, seed));
        to.push_back(birds(0.3, 0.005, seed + 1));
    } else if (is({"lake"})) {
        to.push_back(lapping(7, 0.004, seed));
        to.push_back(wind(0.002, seed + 1));
        to.push_back(birds(0.25, 0.004, seed + 2));
    } else if (is({"street"})) {
        to.push_back(traffic(0.008, seed));
        open_air(to, 0.0015, seed + 1);
    } else if (is({"rooftop"})) {
        to.push_back(traffic(0.004, seed));
        to.push_back(wind(0.005, seed + 1));
    } else if (is({"construction_site"})) {
        to.push_back(traffic(0.004, seed));
        to.push_back(mains_hum(48, 0.0008, seed + 1));  // a generator behind the fence
        open_air(to, 0.002, seed + 2);
    } else if (is({"football_field", "stadium"})) {
        to.push_back(crowd(12, 0.005, seed));
        open_air(to, 0.002, seed + 1);
    } else if (is({"desert", "snow_field"})) {
        to.push_back(wind(0.006, seed));
    } else if (is({"moon"})) {
        // No air, no sound of the place; a suit's faint breath of a fan keeps it from seeming
        // broken.
        to.push_back(noise_bed(120, 600, 0.0005, 0.2, seed));
    } else if (is({"pool"})) {
        room_tone(to, 0.0022, seed);
        to.push_back(lapping(5, 0.0032, seed + 1));
        to.push_back(mains_hum(50, 0.0005, seed + 2));  // pumps
    } else if (is({"ice_rink"})) {
        room_tone(to, 0.0022, seed);
        to.push_back(mains_hum(50, 0.0012, seed + 1));  // compressors
    } else if (is({"bowling_alley", "billiard_hall"})) {
        room_tone(to, 0.0016, seed);
        to.push_back(crowd(6, 0.0022, seed + 1));
        to.push_back(mains_hum(50, 0.0005, seed + 2));
    } else if (is({"warehouse"})) {
        room_tone(to, 0.0018, seed);
        to.push_back(mains_hum(100, 0.0007, seed + 1));
    } else if (is({"stage", "theatre"})) {
        room_tone(to, 0.0014, seed);
        to.push_back(crowd(4, 0.0006, seed + 1));
    } else if (is({"lab"})) {
        room_tone(to, 0.0010, seed);
        to.push_back(noise_bed(150, 2200, 0.0012, 0.04, seed + 1));  // ventilation
        to.push_back(mains_hum(100, 0.0004, seed + 2));
    } else if (is({"classroom"})) {
        room_tone(to, 0.0010, seed);
        to.push_back(mains_hum(100, 0.0004, seed + 1));
    } else if (is({"living_room", "bedroom", "table", "stairs", "studio", "room", "hall"})) {
        room_tone(to, is({"studio", "table"}) ? 0.0006 : 0.0009, seed);
    } else if (outdoors) {
        open_air(to, 0.003, seed);
    } else {
        room_tone(to, 0.0010, seed);
    }
}

}  // namespace

Ambience::Ambience(const AmbienceSpec& spec) {
    const auto has = [&](std::string_view word) {
        return std::find(spec.words.begin(), spec.words.end(), word) != spec.words.end();
    };
    if (!has("silence")) place_layers(layers_, spec.key, spec.outdoors, spec.seed);
    const uint64_t seed = spec.seed + 1000;
    if (has("crowd")) layers_.push_back(crowd(16, 0.011, seed));
    if (has("wind")) layers_.push_back(wind(0.010, seed + 10));
    if (has("rain")) layers_.push_back(rain(spec.outdoors ? 0.013 : 0.006, seed + 20));
    if (has("birds")) layers_.push_back(birds(0.8, 0.008, seed + 30));
    if (has("waves")) layers_.push_back(waves(8.5, 0.014, seed + 40));
    if (has("traffic")) layers_.push_back(traffic(0.008, seed + 50));
    if (has("night") && spec.outdoors) layers_.push_back(crickets(0.002, seed + 60));
    if (has("music")) score_.push_back(music(0.022, seed + 70));
    if (has("quiet")) level_ *= 0.4f;
}

void Ambience::render(StereoBlock& out, int count) {
    StereoBlock bed;
    for (const auto& layer : layers_) layer->render(bed, count);
    for (int i = 0; i < count; ++i) {
        out.left[i] += level_ * bed.left[i];
        out.right[i] += level_ * bed.right[i];
    }
    for (const auto& layer : score_) layer->render(out, count);
}

}  // namespace sound
