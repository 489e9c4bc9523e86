// Light from all directions in nine numbers per channel: real spherical harmonics up to band 2.
// Cosine convolution: Ramamoorthi, Hanrahan, "An Efficient Representation for Irradiance
// Environment Maps" (2001).
#pragma once

#include "base/math/vec.h"

namespace render {

struct Harmonics {
    base::Vec3f c[9]{};

    static void basis(base::Vec3f d, float out[9]) {
        out[0] = 0.282095f;
        out[1] = 0.488603f * d.y;
        out[2] = 0.488603f * d.z;
        out[3] = 0.488603f * d.x;
        out[4] = 1.092548f * d.x * d.y;
        out[5] = 1.092548f * d.y * d.z;
        out[6] = 0.315392f * (3 * d.z * d.z - 1);
        out[7] = 1.092548f * d.x * d.z;
        out[8] = 0.546274f * (d.x * d.x - d.y * d.y);
    }
    // Adds radiance arriving from unit direction `d`; `weight` = solid angle of the sample.
    void add(base::Vec3f d, base::Vec3f radiance, float weight) {
        float b[9];
        basis(d, b);
        for (int i = 0; i < 9; ++i) c[i] += radiance * (b[i] * weight);
    }
    void add(const Harmonics& other, float weight) {
        for (int i = 0; i < 9; ++i) c[i] += other.c[i] * weight;
    }
    // Irradiance on a surface with unit normal `n`.
    base::Vec3f irradiance(base::Vec3f n) const {
        constexpr float kBand[3] = {3.141593f, 2.094395f, 0.785398f};
        return sum(n, kBand[0], kBand[1], kBand[2]);
    }
    // Smoothed radiance from direction `d`; the window keeps small bright things from ringing.
    base::Vec3f radiance(base::Vec3f d) const { return sum(d, 1.f, 0.80f, 0.42f); }

private:
    base::Vec3f sum(base::Vec3f d, float band0, float band1, float band2) const {
        float b[9];
        basis(d, b);
        base::Vec3f r = c[0] * (b[0] * band0);
        for (int i = 1; i < 4; ++i) r += c[i] * (b[i] * band1);
        for (int i = 4; i < 9; ++i) r += c[i] * (b[i] * band2);
        return base::max(r, base::Vec3f{});
    }
};

}  // namespace render
