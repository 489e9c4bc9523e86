// Device kernels, called by name from backend.cc. All tensors are f32, contiguous, row-major; null
// pointers stand for tensors that are left out.
#include <cfloat>
#include <cstdint>

namespace {

// The numbers of tensor::Activation; backend.cc checks that they agree.
enum : int {
    kNone,
    kGeluTanh,
    kSilu,
    kTanh,
    kSigmoid,
    kExp,
    kLeakyRelu01,
    kLeakyRelu001,
    kClamp1,
};

__device__ float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

__device__ float activated(float x, int kind) {
    switch (kind) {
        case kGeluTanh: return x * sigmoid(1.5957691216057308f * (x + 0.044715f * x * x * x));
        case kSilu: return x * sigmoid(x);
        case kTanh: return tanhf(x);
        case kSigmoid: return sigmoid(x);
        case kExp: return expf(x);
        case kLeakyRelu01: return x < 0 ? 0.1f * x : x;
        case kLeakyRelu001: return x < 0 ? 0.01f * x : x;
        case kClamp1: return fminf(fmaxf(x, -1.0f), 1.0f);
        default: return x;
    }
}

__device__ int64_t index() { return blockIdx.x * static_cast<int64_t>(blockDim.x) + threadIdx.x; }

// tensor::row_of on the device.
__device__ int64_t table_row(const int* rows, int64_t table_rows, int64_t tokens, int64_t token) {
    if (rows) return rows[token];
    return table_rows == 1 ? 0 : token / tokens;
}

// Sum over the 256 threads of a block, for all of them.
__device__ float block_sum(float value) {
    __shared__ float warps[8];
    __syncthreads();
    for (int half = 16; half > 0; half /= 2) value += __shfl_xor_sync(~0u, value, half);
    if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = value;
    __syncthreads();
    float sum = 0;
    for (const float w : warps) sum += w;
    return sum;
}

}  // namespace

extern "C" {

__global__ void activate(const float* x, float* y, int64_t n, int kind) {
    const int64_t i = index();
    if (i < n) y[i] = activated(x[i], kind);
}

__global__ void gated(const float* gate, const float* up, float* y, int64_t n, int kind) {
    const int64_t i = index();
    if (i < n) y[i] = activated(gate[i], kind) * up[i];
}

__global__ void axpby(float a, const float* x, float b, const float* y, float* z, int64_t n) {
    const int64_t i = index();
    if (i < n) z[i] = a * x[i] + b * y[i];
}

__global__ void multiply(const float* x, const float* y, float* z, int64_t n) {
    const int64_t i = index();
    if (i < n) z[i] = x[i] * y[i];
}

__global__ void affine(const float* x, const float* s, const float* t, float* y, int64_t n,
                       int64_t width) {
    const int64_t i = index();
    if (i >= n) return;
    const int64_t c = i % width;
    y[i] = x[i] * (s ? s[c] : 1.0f) + (t ? t[c] : 0.0f);
}

__global__ void gated_add(float* x, const float* gate, int64_t gate_rows, const int* rows,
                          int64_t tokens, const float* y, int64_t n, int64_t width) {
    const int64_t i = index();
    if (i >= n) return;
    x[i] += gate[table_row(rows, gate_rows, tokens, i / width) * width + i % width] * y[i];
}

__global__ void modulate(const float* x, const float* scale, int64_t scale_rows, const float* shift,
                         int64_t shift_rows, const int* rows, int64_t tokens, float* y, int64_t n,
                         int64_t width) {
    const int64_t i = index();
    if (i >= n) return;
    const int64_t token = i / width, c = i % width;
    float v = x[i];
    if (scale) v *= 1.0f + scale[table_row(rows, scale_rows, tokens, token) * width + c];
    if (shift) v += shift[table_row(rows, shift_rows, tokens, token) * width + c];
    y[i] = v;
}

__global__ void scale_heads(float* x, const float* g, int64_t n, int64_t width) {
    const int64_t i = index();
    if (i < n) x[i] *= g[i / width];
}

// One thread a pair. cos, sin [table_batch, tokens, table_heads, half].
__global__ void rope(float* x, const float* cos, const float* sin, int64_t pairs, int64_t tokens,
                     int64_t heads, int64_t half, int64_t table_batch, int64_t table_heads,
                     int halves) {
    const int64_t i = index();
    if (i >= pairs) return;
    const int64_t c = i % half, h = i / half % heads, token = i / (half * heads);
    const int64_t row = table_batch == 1 ? token % tokens : token;
    const int64_t at = (row * table_heads + (table_heads == 1 ? 0 : h)) * half + c;
    float* head = x + (token * heads + h) * 2 * half;
    const int64_t first = halves ? c : 2 * c, second = halves ? c + half : 2 * c + 1;
    const float a = head[first], b = head[second];
    head[first] = a * cos[at] - b * sin[at];
    head[second] = b * cos[at] + a * sin[at];
}

// A block of 256 threads a row.
__global__ void norm_rows(const float* x, float* y, int64_t width, int layer, float eps,
                          const float* weight, const float* bias, const float* scale,
                          int64_t scale_rows, const float* shift, int64_t shift_rows,
                          const int* rows, int64_t tokens) {
    const int64_t token = blockIdx.x;
    x += token * width;
    y += token * width;
    float mean = 0;
    if (layer) {
        float sum = 0;
        for (int64_t c = threadIdx.x; c < width; c += blockDim.x) sum += x[c];
        mean = block_sum(sum) / static_cast<float>(width);
    }
    float squares = 0;
    for (int64_t c = threadIdx.x; c < width; c += blockDim.x) {
        squares += (x[c] - mean) * (x[c] - mean);
    }
    const float factor = 1.0f / sqrtf(block_sum(squares) / static_cast<float>(width) + eps);
    if (scale) scale += table_row(rows, scale_rows, tokens, token) * width;
    if (shift) shift += table_row(rows, shift_rows, tokens, token) * width;
    for (int64_t c = threadIdx.x; c < width; c += blockDim.x) {
        float v = (x[c] - mean) * factor;
        if (weight) v *= weight[c];
        if (bias) v += bias[c];
        if (scale) v *= 1.0f + scale[c];
        if (shift) v += shift[c];
        y[c] = v;
    }
}

struct Permutation {
    int rank;
    int64_t dims[8];     // of the result
    int64_t strides[8];  // in the source, for each axis of the result
};
__global__ void permute(const uint32_t* x, uint32_t* y, int64_t n, Permutation p) {
    const int64_t i = index();
    if (i >= n) return;
    int64_t rest = i, offset = 0;
    for (int a = p.rank - 1; a >= 0; --a) {
        offset += rest % p.dims[a] * p.strides[a];
        rest /= p.dims[a];
    }
    y[i] = x[offset];
}

struct Attention {
    const float *q, *k, *v, *bias;
    float* y;
    int64_t queries, heads, depth, keys, key_heads, value_depth, key_count, window;
    int64_t bias_batches, bias_heads;
    float scale;
    int causal;
};

// Blocks of 8 warps: 32 queries of one head, four a warp, meet tiles of 32 keys in shared memory. A
// lane scores one key; then it owns the columns lane, lane + 32, ... of the result. Running softmax
// as in tensor/cpu/attention.cc. Grid: (query tiles, heads, batch); depth and value_depth <= 256.
__global__ void __launch_bounds__(256) attention(Attention p) {
    constexpr int kTile = 32, kEach = 4, kColumns = 8;
    extern __shared__ float memory[];
    const int depth = static_cast<int>(p.depth), wide = static_cast<int>(p.value_depth);
    float* q = memory;                   // [32][depth]
    float* k = q + kTile * depth;        // [32][depth + 1]: no two lanes in one bank
    float* v = k + kTile * (depth + 1);  // [32][wide]
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    const int64_t b = blockIdx.z, h = blockIdx.y, first = blockIdx.x * int64_t{kTile};
    const int64_t hk = h / (p.heads / p.key_heads);
    for (int i = threadIdx.x; i < kTile * depth; i += blockDim.x) {
        const int64_t row = first + i / depth;
        q[i] = row < p.queries
                   ? p.scale * p.q[((b * p.queries + row) * p.heads + h) * depth + i % depth]
                   : 0.0f;
    }
    float top[kEach], sum[kEach], out[kEach][kColumns];
    for (int r = 0; r < kEach; ++r) {
        top[r] = -FLT_MAX;
        sum[r] = 0;
        for (int c = 0; c < kColumns; ++c) out[r][c] = 0;
    }
    const int64_t past = p.keys - p.queries;  // with causal: query i sees keys <= i + past
    const int64_t last_query = min(first + kTile, p.queries) - 1;
    const int64_t end = p.causal ? last_query + past + 1 : p.key_count;
    const int64_t begin =
        p.causal && p.window > 0 ? max(int64_t{0}, first + past + 1 - p.window) / kTile * kTile : 0;
    for (int64_t at = begin; at < end; at += kTile) {
        __syncthreads();
        for (int i = threadIdx.x; i < kTile * depth; i += blockDim.x) {
            const int64_t key = at + i / depth;
            k[i / depth * (depth + 1) + i % depth] =
                key < end ? p.k[((b * p.keys + key) * p.key_heads + hk) * depth + i % depth] : 0.0f;
        }
        for (int i = threadIdx.x; i < kTile * wide; i += blockDim.x) {
            const int64_t key = at + i / wide;
            v[i] =
                key < end ? p.v[((b * p.keys + key) * p.key_heads + hk) * wide + i % wide] : 0.0f;
        }
        __syncthreads();
        for (int r = 0; r < kEach; ++r) {
            const int64_t query = first + warp * kEach + r, key = at + lane;
            float logit = 0;
            for (int d = 0; d < depth; ++d) {
                logit += q[(warp * kEach + r) * depth + d] * k[lane * (depth + 1) + d];
            }
            bool seen = key < end;
            if (p.causal) {
                const int64_t newest = query + past;
                seen = seen && key <= newest && (p.window <= 0 || key > newest - p.window);
            }
            if (p.bias && seen && query < p.queries) {
                const int64_t bb = p.bias_batches == 1 ? 0 : b, bh = p.bias_heads == 1 ? 0 : h;
                logit += p.bias[((bb * p.bias_heads + bh) * p.queries + query) * p.keys + key];
            }
            float high = seen ? logit : -FLT_MAX;
            for (int half = 16; half > 0; half /= 2) {
                high = fmaxf(high, __shfl_xor_sync(~0u, high, half));
            }
            const float now = fmaxf(top[r], high), keep = expf(top[r] - now);
            const float weight = seen ? expf(logit - now) : 0.0f;
            top[r] = now;
            sum[r] = sum[r] * keep + weight;
            for (int c = 0; c < kColumns; ++c) out[r][c] *= keep;
            for (int j = 0; j < kTile; ++j) {
                const float w = __shfl_sync(~0u, weight, j);
                for (int c = 0; c < kColumns; ++c) {
                    if (lane + 32 * c < wide) out[r][c] += w * v[j * wide + lane + 32 * c];
                }
            }
        }
    }
    for (int r = 0; r < kEach; ++r) {
        float whole = sum[r];
        for (int half = 16; half > 0; half /= 2) whole += __shfl_xor_sync(~0u, whole, half);
        const int64_t query = first + warp * kEach + r;
        if (query >= p.queries) continue;
        float* y = p.y + ((b * p.queries + query) * p.heads + h) * wide;
        for (int c = 0; c < kColumns; ++c) {
            if (lane + 32 * c < wide) y[lane + 32 * c] = out[r][c] / whole;
        }
    }
}

}  // extern "C"
