#include "render/figure/palette.h"

#include <array>

#include "world/figure/proportions.h"

namespace render {
namespace {

bool given(Vec3f c) { return c.x != 0 || c.y != 0 || c.z != 0; }

template <size_t N>
Vec3f pick(const std::array<unsigned, N>& choices, double draw) {
    const auto i = std::min(N - 1, static_cast<size_t>(draw * static_cast<double>(N)));
    return base::colour_from_hex(choices[i]);
}

}  // namespace

Palette palette_of(const world::FigureLook& look, const std::string& outfit) {
    const auto draw = [&](const char* topic) { return world::look_draw(look, topic); };
    Palette p;
    // Light to deep; undertones after the Fitzpatrick range as film make-up charts show it.
    constexpr std::array<unsigned, 9> kSkin{0xefc6ab, 0xe8b795, 0xe0ac88, 0xd59d77, 0xc68b63,
                                            0xb07850, 0x94623f, 0x75492f, 0x5a3726};
    const double tone = draw("skin");
    p.skin = given(look.skin) ? look.skin : pick(kSkin, tone);
    const float light = base::luminance(p.skin);
    constexpr std::array<unsigned, 5> kDarkHair{0x15100e, 0x1d1512, 0x2a1c14, 0x120e0d, 0x241914};
    constexpr std::array<unsigned, 8> kAnyHair{0x2a1c14, 0x3b2618, 0x55351f, 0x7a5230,
                                               0xa87c45, 0xc9a266, 0x8a3d1c, 0x1a1310};
    const bool old = look.age == "old";
    p.hair = given(look.hair) ? look.hair
             : old            ? base::colour_from_hex(0xb9b5af)
             : light < 0.28f  ? pick(kDarkHair, draw("hair colour"))
                              : pick(kAnyHair, draw("hair colour"));
    constexpr std::array<unsigned, 6> kLightIris{0x4f7aa0, 0x5f8a78, 0x7b8f4e,
                                                 0x6b4a2a, 0x7a5a33, 0x4a3220};
    constexpr std::array<unsigned, 3> kDarkIris{0x3a2415, 0x4a2d18, 0x2e1c12};
    p.iris = light < 0.25f ? pick(kDarkIris, draw("iris")) : pick(kLightIris, draw("iris"));
    p.lips = p.skin * Vec3f{0.80f, 0.50f, 0.52f};
    p.nails = base::lerp(p.skin, Vec3f{0.90f, 0.62f, 0.56f}, 0.35f);

    constexpr std::array<unsigned, 8> kTop{0xb8322a, 0x2c5a94, 0xe3ddcf, 0x2f6b4f,
                                           0xd9a441, 0x37474f, 0x7c4a7d, 0xd06a4a};
    constexpr std::array<unsigned, 5> kTrousers{0x2b3d5c, 0x33383f, 0x6d5c48, 0x1f2a3d, 0x4a5a6a};
    constexpr std::array<unsigned, 4> kShoes{0xe9e6df, 0x2a2a2d, 0x6d4630, 0x9c2f2a};
    constexpr std::array<unsigned, 5> kDress{0xa3213c, 0x2a5fa5, 0x6b3a8c, 0x1f7f7a, 0xd86f8f};
    constexpr std::array<unsigned, 4> kKit{0xc8281e, 0x1d4fa8, 0xe8a90c, 0x137a45};
    constexpr std::array<unsigned, 4> kSuit{0x252a35, 0x3a3a40, 0x2c2f2b, 0x4a3f38};
    const double a = draw("top"), b = draw("bottom"), c = draw("shoes");
    p.top = pick(kTop, a);
    p.bottom = pick(kTrousers, b);
    p.shoes = pick(kShoes, c);
    p.trim = base::colour_from_hex(0xf2efe8);
    if (outfit == "jersey" || outfit == "football_kit" || outfit == "tracksuit" ||
        outfit == "boxer") {
        p.top = p.bottom = pick(kKit, a);
        p.shoes = base::colour_from_hex(0xf0eeea);
    } else if (outfit == "dress" || outfit == "skating_dress") {
        p.top = p.bottom = pick(kDress, a);
        p.shoes = outfit == "skating_dress" ? base::colour_from_hex(0xf3f0ea) : pick(kShoes, c);
    } else if (outfit == "suit") {
        p.top = p.bottom = pick(kSuit, a);
        p.shoes = base::colour_from_hex(0x1d1614);
    } else if (outfit == "spacesuit") {
        constexpr std::array<unsigned, 4> kStripe{0xc23a2e, 0x2d62b0, 0xd98a1f, 0x2f8a57};
        p.top = p.bottom = base::colour_from_hex(0xeeeeea);
        p.shoes = base::colour_from_hex(0x9aa0a6);
        p.trim = pick(kStripe, b);
    } else if (outfit == "armour") {
        constexpr std::array<unsigned, 5> kArms{0x8f1d22, 0x1f3f86, 0x1d1d22, 0x23633d, 0xe8e4da};
        constexpr std::array<unsigned, 3> kHem{0xd9a93a, 0xd8d6cf, 0xd9a93a};
        p.top = p.bottom = pick(kArms, a);
        p.trim = pick(kHem, b);
        p.shoes = base::colour_from_hex(0x6a6d72);
    } else if (outfit == "chef") {
        p.top = base::colour_from_hex(0xf1efe9);
        p.bottom = base::colour_from_hex(0x3a3f4a);
        p.shoes = base::colour_from_hex(0x202022);
    } else if (outfit == "coat") {
        constexpr std::array<unsigned, 4> kCoat{0x8a6a45, 0x2f3e55, 0x5a2e2e, 0x3f4a3c};
        p.top = pick(kCoat, a);
        p.shoes = base::colour_from_hex(0x3a2a20);
    }
    if (given(look.top)) {
        p.top = look.top;
        if (outfit == "jersey" || outfit == "dress" || outfit == "skating_dress" ||
            outfit == "suit")
            p.bottom = look.top;
    }
    if (given(look.bottom)) p.bottom = look.bottom;
    if (given(look.shoes)) p.shoes = look.shoes;
    const bool own_trim = outfit == "spacesuit" || outfit == "armour";
    if (!own_trim && base::luminance(p.top) > 0.55f) p.trim = base::colour_from_hex(0x27477a);
    return p;
}

}  // namespace render
