#include "sound/room/late_reverb.h"

#include <algorithm>
#include <cmath>

namespace sound {
namespace {

// Relative lengths, mutually incommensurate; times the mean free path.
constexpr double kSpread[12] = {0.612, 0.703, 0.787, 0.853, 0.941, 1.027,
                                1.109, 1.213, 1.301, 1.423, 1.549, 1.661};

// Loss of each line at 125, 1000 and 4000 Hz is met by a gain and two shelves whose decibels add
// up almost linearly while they are small (Jot's proportional filters): three equations.
struct Loss {
    double flat_db, low_db, high_db;
};
Loss solve_loss(double db_low, double db_mid, double db_high) {
    const auto unit_low = [](double hz) {
        return gain_to_db(Biquad::low_shelf(250, 1).magnitude(hz));
    };
    const auto unit_high = [](double hz) {
        return gain_to_db(Biquad::high_shelf(3000, 1).magnitude(hz));
    };
    // db(hz) = flat + low unit_low(hz) + high unit_high(hz); few sweeps of Gauss-Seidel do.
    Loss loss{db_mid, 0, 0};
    for (int sweep = 0; sweep < 40; ++sweep) {
        loss.low_db = (db_low - loss.flat_db - loss.high_db * unit_high(125)) / unit_low(125);
        loss.high_db = (db_high - loss.flat_db - loss.low_db * unit_low(4000)) / unit_high(4000);
        loss.flat_db = db_mid - loss.low_db * unit_low(1000) - loss.high_db * unit_high(1000);
    }
    return loss;
}

}  // namespace

LateReverb::LateReverb(const world::Room& room) {
    RoomAcoustics acoustics = room_acoustics(room);
    double free_path = std::clamp(acoustics.mean_free_path_m, 1.2, 22.0);
    double level_db = 10 * std::log10(16 * base::kPi / acoustics.absorption_area_m2) - kFilmDryDb;
    if (room.outdoors) {
        acoustics.rt60_s = {0.5, 0.5, 0.45, 0.4, 0.35, 0.25};
        free_path = 14;
        level_db = -28;
    }
    for (int i = 0; i < kLines; ++i) {
        Line& line = lines_[static_cast<size_t>(i)];
        const int length =
            std::max(64, static_cast<int>(kSpread[i] * free_path / 343.2 * kRateHz) | 1);
        line.samples.assign(static_cast<size_t>(length), 0.f);
        const auto db = [&](int band) {
            return -60.0 * length / kRateHz / std::max(acoustics.rt60_s[band], 0.08);
        };
        const Loss loss = solve_loss(db(0), db(3), db(5));
        line.gain = static_cast<float>(db_to_gain(loss.flat_db));
        line.low = Biquad::low_shelf(250, loss.low_db);
        line.high = Biquad::high_shelf(3000, loss.high_db);
    }
    pre_delay_.assign(static_cast<size_t>(std::max(1.0, free_path / 343.2 * kRateHz)), 0.f);
    const float energy = impulse_energy();
    level_ = static_cast<float>(db_to_gain(std::clamp(level_db, -40.0, -2.0)) /
                                std::sqrt(std::max(energy, 1e-9f)));
}

// Energy of the unscaled answer to a unit impulse, mean of both channels; on a copy.
float LateReverb::impulse_energy() {
    LateReverb probe(*this);
    probe.level_ = 1;
    float energy = 0;
    std::array<float, kBlock> send{};
    send[0] = 1;
    for (int block = 0; block < 200; ++block) {
        StereoBlock heard;
        probe.render(send, heard, kBlock);
        send[0] = 0;
        float here = 0;
        for (int i = 0; i < kBlock; ++i)
            here += heard.left[i] * heard.left[i] + heard.right[i] * heard.right[i];
        energy += here / 2;
        if (block > 40 && here < 1e-5f * energy) break;
    }
    return energy;
}

void LateReverb::render(const std::array<float, kBlock>& send, StereoBlock& out, int count) {
    float loudest = 0;
    for (int i = 0; i < count; ++i) {
        float& slot = pre_delay_[static_cast<size_t>(pre_at_)];
        const float in = slot;
        slot = send[i];
        pre_at_ = pre_at_ + 1 == static_cast<int>(pre_delay_.size()) ? 0 : pre_at_ + 1;

        float values[kLines];
        float sum = 0, left = 0, right = 0;
        for (int k = 0; k < kLines; ++k) {
            Line& line = lines_[static_cast<size_t>(k)];
            const float v =
                line.high.process(line.low.process(line.samples[static_cast<size_t>(line.at)])) *
                line.gain;
            values[k] = v;
            sum += v;
            (k % 2 == 0 ? left : right) += k % 4 < 2 ? v : -v;
        }
        // Householder reflection: lossless, every line feeds every other.
        const float shared = sum * (2.f / kLines);
        for (int k = 0; k < kLines; ++k) {
            Line& line = lines_[static_cast<size_t>(k)];
            line.samples[static_cast<size_t>(line.at)] =
                values[k] - shared + (k % 3 == 0 ? -in : in) + 1e-20f;
            line.at = line.at + 1 == static_cast<int>(line.samples.size()) ? 0 : line.at + 1;
        }
        loudest = std::max({loudest, std::abs(in), std::abs(left), std::abs(right)});
        out.left[i] += level_ * left;
        out.right[i] += level_ * right;
    }
    quiet_samples_ = loudest < 1e-5f ? quiet_samples_ + count : 0;
}

}  // namespace sound
