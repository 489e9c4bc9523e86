#include "world/shapes/kit/measure.h"

namespace world::kit {

SolidMeasure measure(const std::vector<const TriMesh*>& meshes) {
    // Sum over tetrahedra (origin, a, b, c); second moments of a tetrahedron with one corner at
    // the origin: integral of x_i x_j = det/120 (sum_k v_k,i v_k,j + s_i s_j), s = a + b + c.
    double volume = 0;
    Vec3 first;
    double second[3][3] = {};
    for (const TriMesh* mesh : meshes) {
        for (const auto& t : mesh->triangles) {
            const Vec3 v[3] = {mesh->positions[t[0]].cast<double>(),
                               mesh->positions[t[1]].cast<double>(),
                               mesh->positions[t[2]].cast<double>()};
            const double det = base::dot(v[0], base::cross(v[1], v[2]));
            const Vec3 s = v[0] + v[1] + v[2];
            volume += det / 6;
            first += s * (det / 24);
            for (int i = 0; i < 3; ++i) {
                for (int j = 0; j < 3; ++j) {
                    double sum = s[i] * s[j];
                    for (const Vec3& corner : v) sum += corner[i] * corner[j];
                    second[i][j] += det / 120 * sum;
                }
            }
        }
    }
    SolidMeasure out;
    out.volume_m3 = volume;
    if (volume == 0) return out;
    const Vec3 c = out.centroid = first / volume;
    const auto about = [&](int i, int j) { return second[i][j] - volume * c[i] * c[j]; };
    out.xx = about(1, 1) + about(2, 2);
    out.yy = about(2, 2) + about(0, 0);
    out.zz = about(0, 0) + about(1, 1);
    out.xy = about(0, 1);
    out.yz = about(1, 2);
    out.zx = about(2, 0);
    return out;
}

SolidMeasure measure(const TriMesh& mesh) { return measure(std::vector<const TriMesh*>{&mesh}); }

}  // namespace world::kit
