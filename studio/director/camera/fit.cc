#include "studio/director/camera/fit.h"

#include <algorithm>
#include <cmath>

namespace studio {

using base::Vec3;

Basis basis_of(Vec3 forward, Vec3 up) {
    Basis b;
    b.forward = base::normalize(forward);
    b.right = base::cross(b.forward, up);
    if (base::length(b.right) < 1e-3) b.right = base::cross(b.forward, Vec3{0, 1, 0});
    b.right = base::normalize(b.right);
    b.up = base::cross(b.right, b.forward);
    return b;
}

double half_tan(double lens_mm) { return 0.5 * kFilmWidth_mm / lens_mm; }

View fit(const std::vector<Keep>& keep, Vec3 forward, Vec3 up, double lens_mm, double aspect,
         double margin) {
    const Basis b = basis_of(forward, up);
    const double tx = half_tan(lens_mm) / margin, ty = half_tan(lens_mm) / aspect / margin;
    // Each side plane of the frustum gives a bound (as in a tight frustum fit): for direction
    // s * x / (z + d) <= t. Solve left/right and up/down separately, take the larger distance.
    double right = -1e300, left = -1e300, top = -1e300, bottom = -1e300, nearest = 1e300;
    const double nx = std::sqrt(1 + tx * tx), ny = std::sqrt(1 + ty * ty);
    for (const Keep& k : keep) {
        const double x = base::dot(k.centre, b.right), y = base::dot(k.centre, b.up),
                     z = base::dot(k.centre, b.forward);
        right = std::max(right, x + k.radius * nx - tx * z);
        left = std::max(left, -x + k.radius * nx - tx * z);
        top = std::max(top, y + k.radius * ny - ty * z);
        bottom = std::max(bottom, -y + k.radius * ny - ty * z);
        nearest = std::min(nearest, z - k.radius);
    }
    // Eye at (ex, ey, ez): x - ex <= tx (z - ez) for all  =>  right <= ex - tx ez, left <= -ex - tx
    // ez.
    double ez = std::min(-(right + left) / (2 * tx), -(top + bottom) / (2 * ty));
    ez = std::min(ez, nearest - 0.05);
    const double ex = 0.5 * (right - left), ey = 0.5 * (top - bottom);
    View v;
    v.eye = b.right * ex + b.up * ey + b.forward * ez;
    double centre_z = 0;
    for (const Keep& k : keep) centre_z += base::dot(k.centre, b.forward);
    centre_z /= static_cast<double>(std::max<size_t>(1, keep.size()));
    v.target = v.eye + b.forward * std::max(0.1, centre_z - ez);
    v.up = up;
    v.lens_mm = lens_mm;
    return v;
}

Vec3 clamp_into(const base::Bounds& bounds, Vec3 p) {
    if (bounds.empty()) return p;
    return base::min(base::max(p, bounds.low), bounds.high);
}

}  // namespace studio
