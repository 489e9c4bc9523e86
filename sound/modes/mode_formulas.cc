#include "sound/modes/mode_formulas.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/math/vec.h"

namespace sound {
namespace {

using base::kPi;
constexpr double kAirSpeedMps = 343.2;  // 20 C

// Plate wave speed c_L = c_bar / sqrt(1 - nu^2).
double plate_speed_mps(const AcousticMaterial& m) {
    return m.bar_speed_mps / std::sqrt(1 - m.poisson_ratio * m.poisson_ratio);
}

// Shear and rotary inertia slow short waves. `k` is the thin plate's wave number at `thin_hz`.
double thick_plate_hz(const AcousticMaterial& m, double thin_hz, double thickness_m) {
    const double k2 = 2 * kPi * thin_hz * std::sqrt(12.0) / (plate_speed_mps(m) * thickness_m);
    const double kappa = 5.0 / 6.0;
    const double h2 = thickness_m * thickness_m;
    return thin_hz / std::sqrt(1 + k2 * h2 * (1 / (6 * kappa * (1 - m.poisson_ratio)) + 1.0 / 12));
}

std::vector<double> lowest(std::vector<double> values, int count) {
    std::sort(values.begin(), values.end());
    if (static_cast<int>(values.size()) > count) values.resize(static_cast<size_t>(count));
    return values;
}

template <size_t N>
std::vector<double> scaled(const std::array<double, N>& ratios, double unit, int count) {
    std::vector<double> out;
    for (size_t i = 0; i < N && static_cast<int>(i) < count; ++i) out.push_back(ratios[i] * unit);
    return out;
}

// Warburton's beam functions between free edges, m nodal lines.
struct FreeEdge {
    double g, h, j;
};
FreeEdge free_edge(int m) {
    if (m == 0) return {0, 0, 0};
    if (m == 1) return {0, 0, 12 / (kPi * kPi)};
    if (m == 2) return {1.506, 1.248, 5.017};
    const double s = m - 0.5;
    return {s, s * s * (1 - 2 / (s * kPi)), s * s * (1 + 6 / (s * kPi))};
}

}  // namespace

std::vector<double> bar_frequencies_hz(const AcousticMaterial& m, double length_m,
                                       double gyration_m, int count) {
    std::vector<double> out;
    for (int n = 1; n <= count; ++n) {
        const double beta = n == 1 ? 3.011 : 2 * n + 1;
        const double k = kPi * beta / (2 * length_m);
        const double thin = m.bar_speed_mps * gyration_m * k * k / (2 * kPi);
        // Timoshenko: shear (kappa 5/6) and rotary inertia.
        const double slow =
            1 + k * k * gyration_m * gyration_m * (1 + 2 * (1 + m.poisson_ratio) * 6.0 / 5.0);
        out.push_back(thin / std::sqrt(slow));
    }
    out.push_back(m.bar_speed_mps / (2 * length_m));
    return lowest(std::move(out), count);
}

std::vector<double> free_plate_frequencies_hz(const AcousticMaterial& m, double a, double b,
                                              double h, int count) {
    const double nu = m.poisson_ratio;
    const double unit = kPi * h * plate_speed_mps(m) / (std::sqrt(48.0) * a * a);
    const double ratio2 = (a / b) * (a / b);
    std::vector<double> out;
    for (int i = 0; i <= 9; ++i)
        for (int j = 0; j <= 9; ++j) {
            if (i + j < 2) continue;  // rigid motions
            const FreeEdge x = free_edge(i), y = free_edge(j);
            const double q2 = std::pow(x.g, 4) + std::pow(y.g, 4) * ratio2 * ratio2 +
                              2 * ratio2 * (nu * x.h * y.h + (1 - nu) * x.j * y.j);
            if (q2 > 0) out.push_back(thick_plate_hz(m, unit * std::sqrt(q2), h));
        }
    return lowest(std::move(out), count);
}

std::vector<double> held_plate_frequencies_hz(const AcousticMaterial& m, double a, double b,
                                              double h, int count) {
    std::vector<double> out;
    for (int i = 1; i <= 12; ++i)
        for (int j = 1; j <= 12; ++j) {
            const double thin =
                0.4534 * plate_speed_mps(m) * h * (i * i / (a * a) + j * j / (b * b));
            out.push_back(thick_plate_hz(m, thin, h));
        }
    return lowest(std::move(out), count);
}

std::vector<double> disc_frequencies_hz(const AcousticMaterial& m, double radius_m, double h,
                                        int count) {
    static constexpr std::array<double, 14> kRatios{1,    1.73, 2.328, 3.91,  4.11, 6.30, 6.71,
                                                    7.34, 9.6,  10.1,  11.46, 13.4, 14.3, 15.9};
    std::vector<double> out =
        scaled(kRatios, 0.2413 * plate_speed_mps(m) * h / (radius_m * radius_m), count);
    for (double& f : out) f = thick_plate_hz(m, f, h);
    return out;
}

std::vector<double> solid_sphere_frequencies_hz(const AcousticMaterial& m, double radius_m,
                                                int count) {
    // w a / c_t: T2, S2, S1', T3, S3, S0, S4, T4, S2'.
    static constexpr std::array<double, 9> kRoots{2.501, 2.65, 3.58,  3.865, 3.93,
                                                  4.65,  5.03, 5.095, 5.40};
    return scaled(kRoots, shear_speed_mps(m) / (2 * kPi * radius_m), count);
}

std::vector<double> shell_sphere_frequencies_hz(const AcousticMaterial& m, double radius_m,
                                                double wall_m, int count) {
    std::vector<double> out;
    const double bend = wall_m * wall_m / (12 * radius_m * radius_m);
    const double nu = m.poisson_ratio;
    for (int n = 2; n < 2 + count; ++n) {
        const double l = n * (n + 1.0);
        const double membrane = (1 - nu * nu) * (l - 2) / (l + 1 + nu);
        const double omega2 = membrane + bend * (l - 2) * (l - 2) * (l + 1 - nu) / (l + 1 + nu);
        out.push_back(plate_speed_mps(m) * std::sqrt(omega2) / (2 * kPi * radius_m));
    }
    return out;
}

std::vector<double> ring_frequencies_hz(const AcousticMaterial& m, double radius_m,
                                        double gyration_m, int count) {
    std::vector<double> out;
    for (int n = 2; n < 2 + count; ++n) {
        const double thin = m.bar_speed_mps * gyration_m / (radius_m * radius_m) * n *
                            (n * n - 1.0) / std::sqrt(n * n + 1.0) / (2 * kPi);
        const double k = n / radius_m;
        out.push_back(thin / std::sqrt(1 + 4.0 * k * k * gyration_m * gyration_m));
    }
    return out;
}

std::vector<double> vessel_frequencies_hz(const AcousticMaterial& m, double radius_m,
                                          double height_m, double wall_m, int count) {
    std::vector<double> out;
    const double unit =
        m.bar_speed_mps * wall_m / (std::sqrt(12.0) * 2 * kPi * radius_m * radius_m);
    const double stiff = std::pow(radius_m / (1.194 * height_m), 4);
    for (int n = 2; n < 2 + count; ++n) {
        const double n2 = n * n;
        out.push_back(unit * std::sqrt(((n2 - 1) * (n2 - 1) + n2 * n2 * stiff) / (1 + 1 / n2)));
    }
    return out;
}

std::vector<double> bell_frequencies_hz(const AcousticMaterial& m, double diameter_m, int count) {
    static constexpr std::array<double, 12> kPartials{0.5,   1,     1.2,   1.5,   2,     2.514,
                                                      2.662, 3.011, 4.166, 5.433, 6.796, 8.215};
    // A cast bell of 1 m in bell bronze (c ~ 3500 m/s) strikes near 385 Hz: prime ~ 0.11 c / D.
    return scaled(kPartials, 0.11 * m.bar_speed_mps / diameter_m, count);
}

std::vector<double> membrane_frequencies_hz(double fundamental_hz, int count) {
    static constexpr std::array<double, 12> kRatios{1,     1.594, 2.136, 2.296, 2.653, 2.918,
                                                    3.156, 3.501, 3.600, 3.652, 4.060, 4.154};
    return scaled(kRatios, fundamental_hz, count);
}

std::vector<double> air_sphere_frequencies_hz(double radius_m, int count) {
    static constexpr std::array<double, 6> kRoots{2.082, 3.342, 4.493, 4.514, 5.647, 5.940};
    return scaled(kRoots, kAirSpeedMps / (2 * kPi * radius_m), count);
}

}  // namespace sound
