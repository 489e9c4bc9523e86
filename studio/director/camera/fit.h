// The geometry of a picture: where the eye must be for spheres to fit in. World frame, metres.
#pragma once

#include <vector>

#include "base/math/transform.h"

namespace studio {

constexpr double kFilmWidth_mm = 36;  // full frame

struct View {
    base::Vec3 eye, target, up{0, 0, 1};
    double lens_mm = 35;
};

// Orthonormal; `right` and `up` are the axes of the picture.
struct Basis {
    base::Vec3 forward, right, up;
};
Basis basis_of(base::Vec3 forward, base::Vec3 up);

// A sphere to be kept in the picture.
struct Keep {
    base::Vec3 centre;
    double radius;
};

// Tangent of half the angle across.
double half_tan(double lens_mm);

// Eye on the line target - forward * d such that every sphere fits. The target is moved to the
// middle of what is kept, in the picture plane. `aspect`: width by height. `margin`: 1 fills the
// picture, more leaves room.
View fit(const std::vector<Keep>& keep, base::Vec3 forward, base::Vec3 up, double lens_mm,
         double aspect, double margin);

// The nearest point of the box; the point itself when the box is empty.
base::Vec3 clamp_into(const base::Bounds& bounds, base::Vec3 p);

}  // namespace studio
