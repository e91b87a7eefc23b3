/* A stand-in for NVIDIA's management library: GPUs whose power is a closed form, so that its exact integral is known.
 *
 * The nvml functions below have the signatures and layouts of nvml.h. What they answer is set by the standin functions at
 * the end. STANDIN_OLD_DRIVER leaves out what a driver from before Volta lacks.
 *
 * Times are seconds, powers watts, energies joules, unless a name says otherwise.
 */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MOST_GPUS 64
#define MOST_PROCESSES 512
#define PI 3.14159265358979323846
#define API __attribute__((visibility("default")))

enum { SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7 };

enum load { CONSTANT, SQUARE, RAMP, SINE };

/* The order is known to StandInNvml.cs. */
enum call { INIT, COUNT, HANDLE, NAME, UUID, ENERGY, USAGE, FIELDS, AVERAGE, INSTANT, LIMIT, TEMPERATURE, MEMORY, MIG, COMPUTE,
    GRAPHICS, MPS, UTILIZATION, CALLS };

typedef struct { unsigned pid; unsigned long long usedGpuMemory; unsigned gpuInstanceId, computeInstanceId; } process_info;
typedef struct { unsigned pid; unsigned long long timeStamp; unsigned smUtil, memUtil, encUtil, decUtil; } utilization_sample;
typedef struct { unsigned long long total, free, used; } memory_info;
typedef union { double d; unsigned ui; unsigned long ul; unsigned long long ull; } field_number;
typedef struct {
    unsigned fieldId, scopeId;
    long long timestamp, latencyUsec;
    unsigned valueType;
    int nvmlReturn;
    field_number value;
} field_value;

_Static_assert(sizeof(process_info) == 24, "nvmlProcessInfo_v2_t");
_Static_assert(sizeof(utilization_sample) == 32, "nvmlProcessUtilizationSample_t");
_Static_assert(sizeof(memory_info) == 24, "nvmlMemory_t");
_Static_assert(sizeof(field_value) == 40, "nvmlFieldValue_t");

/* A sensor of power looks at the last `window` seconds whenever `refresh` seconds have passed; at the moment when 0. */
struct sensor { double refresh, window; };

struct gpu {
    char name[200];
    enum load load;
    double idle, peak, period, duty, phase;
    double counter_refresh, counter_since, counter_start;
    struct sensor usage, average, instant;
    double forced_milliwatts;
    unsigned long long forced_millijoules;
    int is_energy_forced, is_power_forced;
    int fault[CALLS];
    int mig;
    unsigned lists[3][MOST_PROCESSES];
    unsigned lengths[3];
    utilization_sample samples[MOST_PROCESSES];
    unsigned sample_count;
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static struct gpu gpus[MOST_GPUS];
static unsigned gpu_count;
static unsigned generation;
static int initialized;
static int is_real_time;
static double virtual_time;
static double latency[CALLS];
static int hanging[CALLS];
static unsigned waiting;
static unsigned long long counts[CALLS];
static unsigned wide_entries;

static double now(void)
{
    if (!is_real_time) {
        return virtual_time;
    }

    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double power_at(const struct gpu *gpu, double time)
{
    double cycle = (time + gpu->phase) / gpu->period;
    double part = cycle - floor(cycle);
    switch (gpu->load) {
    case SQUARE: return part < gpu->duty ? gpu->peak : gpu->idle;
    case RAMP: return gpu->idle + (gpu->peak - gpu->idle) * part;
    case SINE: return (gpu->idle + gpu->peak) / 2 + (gpu->peak - gpu->idle) / 2 * sin(2 * PI * cycle);
    default: return gpu->peak;
    }
}

/* The integral of the power from some fixed moment. */
static double primitive(const struct gpu *gpu, double time)
{
    double shifted = time + gpu->phase;
    double cycle = shifted / gpu->period;
    double whole = floor(cycle), part = cycle - whole;
    double more = gpu->peak - gpu->idle;
    switch (gpu->load) {
    case SQUARE: return gpu->idle * shifted + more * gpu->period * (whole * gpu->duty + fmin(part, gpu->duty));
    case RAMP: return gpu->idle * shifted + more * gpu->period * (whole / 2 + part * part / 2);
    case SINE: return (gpu->idle + gpu->peak) / 2 * shifted - more / 2 * gpu->period / (2 * PI) * cos(2 * PI * cycle);
    default: return gpu->peak * shifted;
    }
}

static double integral(const struct gpu *gpu, double from, double to) { return primitive(gpu, to) - primitive(gpu, from); }

static double last_refresh(double period, double time) { return period > 0 ? floor(time / period + 1e-9) * period : time; }

static double milliwatts(const struct gpu *gpu, const struct sensor *sensor)
{
    if (gpu->is_power_forced) {
        return gpu->forced_milliwatts;
    }

    double at = last_refresh(sensor->refresh, now());
    return 1000 * (sensor->window > 0 ? integral(gpu, at - sensor->window, at) / sensor->window : power_at(gpu, at));
}

/* Waits as the driver would, counts the call, and finds the code it is to answer. Called with the gate held. */
static int enter(enum call call)
{
    counts[call]++;
    waiting++;
    while (hanging[call]) {
        pthread_cond_wait(&released, &gate);
    }

    waiting--;
    if (latency[call] > 0) {
        struct timespec time = { (time_t)latency[call], (long)((latency[call] - floor(latency[call])) * 1e9) };
        pthread_mutex_unlock(&gate);
        nanosleep(&time, NULL);
        pthread_mutex_lock(&gate);
    }

    return call != INIT && !initialized ? UNINITIALIZED : SUCCESS;
}

/* A handle is of one start of the driver: 1000 for each, and the index + 1. */
static int find(void *device, enum call call, struct gpu **gpu)
{
    int code = enter(call);
    size_t handle = (size_t)device;
    if (code != SUCCESS) {
        return code;
    }

    if (handle / 1000 != generation || handle % 1000 < 1 || handle % 1000 > gpu_count) {
        return INVALID_ARGUMENT;
    }

    *gpu = &gpus[handle % 1000 - 1];
    return (*gpu)->fault[call];
}

#define BEGIN(call)                                \
    pthread_mutex_lock(&gate);                     \
    struct gpu *gpu = NULL;                        \
    int code = find(device, call, &gpu);           \
    if (code != SUCCESS) {                         \
        pthread_mutex_unlock(&gate);               \
        return code;                               \
    }

#define END(code)                                  \
    do {                                           \
        int answer = (code);                       \
        pthread_mutex_unlock(&gate);               \
        return answer;                             \
    } while (0)

/* nvml.h -------------------------------------------------------------------------------------------------------------- */

static int init_code;

API int nvmlInit_v2(void)
{
    pthread_mutex_lock(&gate);
    int code = enter(INIT) == SUCCESS ? init_code : UNINITIALIZED;
    if (code == SUCCESS && !initialized) {
        initialized = 1;
        generation++;
    }

    END(code);
}

API int nvmlDeviceGetCount_v2(unsigned *count)
{
    pthread_mutex_lock(&gate);
    int code = enter(COUNT);
    *count = gpu_count;
    END(code);
}

API int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device)
{
    pthread_mutex_lock(&gate);
    int code = enter(HANDLE);
    code = code == SUCCESS ? index < gpu_count ? gpus[index].fault[HANDLE] : INVALID_ARGUMENT : code;
    *device = code == SUCCESS ? (void *)(size_t)(generation * 1000 + index + 1) : NULL;
    END(code);
}

API int nvmlDeviceGetName(void *device, char *name, unsigned length)
{
    BEGIN(NAME)
    size_t bytes = strlen(gpu->name) + 1;
    memcpy(name, gpu->name, bytes < length ? bytes : length);
    END(SUCCESS);
}

API int nvmlDeviceGetPowerUsage(void *device, unsigned *power)
{
    BEGIN(USAGE)
    *power = (unsigned)milliwatts(gpu, &gpu->usage);
    END(SUCCESS);
}

#ifndef STANDIN_OLD_DRIVER

API int nvmlDeviceGetHandleByUUID(const char *uuid, void **device)
{
    unsigned index;
    return sscanf(uuid, "GPU-5741d100-0000-0000-0000-%12u", &index) == 1 ? nvmlDeviceGetHandleByIndex_v2(index, device) : NOT_FOUND;
}

API int nvmlDeviceGetUUID(void *device, char *uuid, unsigned length)
{
    BEGIN(UUID)
    snprintf(uuid, length, "GPU-5741d100-0000-0000-0000-%012u", (unsigned)(gpu - gpus));
    END(SUCCESS);
}

API int nvmlSystemGetDriverVersion(char *version, unsigned length)
{
    snprintf(version, length, "550.54.14");
    return SUCCESS;
}

API int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *energy)
{
    BEGIN(ENERGY)
    double at = fmax(last_refresh(gpu->counter_refresh, now()), gpu->counter_since);
    *energy = gpu->is_energy_forced ? gpu->forced_millijoules
        : (unsigned long long)floor(1000 * (gpu->counter_start + integral(gpu, gpu->counter_since, at)) + 1e-6);
    END(SUCCESS);
}

API int nvmlDeviceGetFieldValues(void *device, int count, field_value *values)
{
    BEGIN(FIELDS)
    for (int i = 0; i < count; i++) {
        int is_average = values[i].fieldId == 185, is_instant = values[i].fieldId == 186;
        values[i].valueType = 1;
        values[i].value.ull = ~0ULL;
        values[i].nvmlReturn = is_average ? gpu->fault[AVERAGE] : is_instant ? gpu->fault[INSTANT] : NOT_SUPPORTED;
        if (values[i].nvmlReturn == SUCCESS) {
            values[i].value.ui = (unsigned)milliwatts(gpu, is_average ? &gpu->average : &gpu->instant);
        }
    }

    END(SUCCESS);
}

API int nvmlDeviceGetPowerManagementLimit(void *device, unsigned *limit)
{
    BEGIN(LIMIT)
    *limit = 400000;
    END(SUCCESS);
}

API int nvmlDeviceGetTemperature(void *device, int sensor, unsigned *temperature)
{
    BEGIN(TEMPERATURE)
    *temperature = 61;
    END(sensor == 0 ? SUCCESS : INVALID_ARGUMENT);
}

API int nvmlDeviceGetMemoryInfo(void *device, memory_info *memory)
{
    BEGIN(MEMORY)
    *memory = (memory_info) { 80ULL << 30, 74ULL << 30, 6ULL << 30 };
    END(SUCCESS);
}

API int nvmlDeviceGetMigMode(void *device, unsigned *current, unsigned *pending)
{
    BEGIN(MIG)
    *current = *pending = (unsigned)gpu->mig;
    END(SUCCESS);
}

/* A driver of the early 535 series writes entries of 32 bytes from version 3. */
static int list(void *device, enum call call, int kind, unsigned *count, char *infos, unsigned width)
{
    BEGIN(call)
    unsigned room = infos == NULL ? 0 : *count;
    *count = gpu->lengths[kind];
    if (*count > room) {
        END(INSUFFICIENT_SIZE);
    }

    for (unsigned i = 0; i < *count; i++) {
        process_info info = { gpu->lists[kind][i], 1ULL << 30, ~0U, ~0U };
        memset(infos + (size_t)i * width, 0, width);
        memcpy(infos + (size_t)i * width, &info, sizeof info);
    }

    END(SUCCESS);
}

#define LISTS(kind, call, place)                                                                                                      \
    API int nvmlDeviceGet##kind##RunningProcesses_v2(void *d, unsigned *n, char *i) { return list(d, call, place, n, i, 24); }        \
    API int nvmlDeviceGet##kind##RunningProcesses_v3(void *d, unsigned *n, char *i) { return list(d, call, place, n, i, wide_entries ? 32 : 24); }

LISTS(Compute, COMPUTE, 0)
LISTS(Graphics, GRAPHICS, 1)
LISTS(MPSCompute, MPS, 2)

API int nvmlDeviceGetProcessUtilization(void *device, utilization_sample *samples, unsigned *count, unsigned long long since)
{
    BEGIN(UTILIZATION)
    unsigned newer = 0;
    for (unsigned i = 0; i < gpu->sample_count; i++) {
        newer += gpu->samples[i].timeStamp > since;
    }

    unsigned room = samples == NULL ? 0 : *count;
    *count = newer;
    if (newer == 0 || newer > room) {
        END(newer == 0 ? NOT_FOUND : INSUFFICIENT_SIZE);
    }

    for (unsigned i = 0, next = 0; i < gpu->sample_count; i++) {
        if (gpu->samples[i].timeStamp > since) {
            samples[next++] = gpu->samples[i];
        }
    }

    END(SUCCESS);
}

#endif

/* The stand-in's own -------------------------------------------------------------------------------------------------- */

API void standin_reset(unsigned count)
{
    pthread_mutex_lock(&gate);
    memset(gpus, 0, count * sizeof gpus[0]);
    gpu_count = count;
    initialized = is_real_time = init_code = 0;
    virtual_time = 1000;
    wide_entries = 0;
    memset(latency, 0, sizeof latency);
    memset(counts, 0, sizeof counts);
    for (unsigned i = 0; i < count; i++) {
        struct gpu *gpu = &gpus[i];
        snprintf(gpu->name, sizeof gpu->name, "NVIDIA Stand-in");
        gpu->load = CONSTANT;
        gpu->peak = 300;
        gpu->period = 1;
        gpu->counter_refresh = 0.1;
        gpu->counter_since = virtual_time;
        gpu->usage = gpu->average = (struct sensor) { 0.1, 1 };
        gpu->instant = (struct sensor) { 0.1, 0 };
    }

    pthread_mutex_unlock(&gate);
}

API void standin_set_time(double time) { virtual_time = time; }

API void standin_use_real_time(void)
{
    pthread_mutex_lock(&gate);
    is_real_time = 1;
    for (unsigned i = 0; i < gpu_count; i++) {
        gpus[i].counter_since = now();
    }

    pthread_mutex_unlock(&gate);
}

API double standin_time(void) { return now(); }

API void standin_set_name(unsigned index, const char *name) { snprintf(gpus[index].name, sizeof gpus[index].name, "%s", name); }

API void standin_set_load(unsigned index, int load, double idle, double peak, double period, double duty, double phase)
{
    struct gpu *gpu = &gpus[index];
    pthread_mutex_lock(&gate);
    gpu->load = (enum load)load;
    gpu->idle = idle;
    gpu->peak = peak;
    gpu->period = period;
    gpu->duty = duty;
    gpu->phase = phase;
    pthread_mutex_unlock(&gate);
}

/* The truth. */
API double standin_energy(unsigned index, double from, double to) { return integral(&gpus[index], from, to); }

API void standin_set_counter(unsigned index, double refresh, double start)
{
    gpus[index].counter_refresh = refresh;
    gpus[index].counter_start = start;
}

API void standin_set_power_sensor(unsigned index, int call, double refresh, double window)
{
    struct sensor *sensor = call == USAGE ? &gpus[index].usage : call == AVERAGE ? &gpus[index].average : &gpus[index].instant;
    *sensor = (struct sensor) { refresh, window };
}

API void standin_force_energy(unsigned index, unsigned long long millijoules)
{
    gpus[index].is_energy_forced = 1;
    gpus[index].forced_millijoules = millijoules;
}

API void standin_force_power(unsigned index, double value)
{
    gpus[index].is_power_forced = 1;
    gpus[index].forced_milliwatts = value;
}

API void standin_set_init_code(int code) { init_code = code; }

API void standin_set_fault(unsigned index, int call, int code) { gpus[index].fault[call] = code; }

/* Counters start at zero, and nothing is answered before the library is started anew; handles are then others. */
API void standin_reload_driver(void)
{
    pthread_mutex_lock(&gate);
    initialized = 0;
    for (unsigned i = 0; i < gpu_count; i++) {
        gpus[i].counter_since = now();
        gpus[i].counter_start = 0;
    }

    pthread_mutex_unlock(&gate);
}

/* Nothing is answered before the library is started anew, but the driver stays. */
API void standin_shut_down(void) { initialized = 0; }

API void standin_set_latency(int call, double seconds) { latency[call] = seconds; }

API void standin_set_hanging(int call, int is_hanging)
{
    pthread_mutex_lock(&gate);
    hanging[call] = is_hanging;
    pthread_cond_broadcast(&released);
    pthread_mutex_unlock(&gate);
}

API unsigned standin_waiting(void) { return waiting; }

API void standin_set_mig(unsigned index, int is_on) { gpus[index].mig = is_on; }

API void standin_set_processes(unsigned index, int kind, const unsigned *pids, unsigned count)
{
    pthread_mutex_lock(&gate);
    memcpy(gpus[index].lists[kind], pids, count * sizeof *pids);
    gpus[index].lengths[kind] = count;
    pthread_mutex_unlock(&gate);
}

/* The driver's buffer of samples becomes these. */
API void standin_set_utilization(unsigned index, const unsigned *pids, const unsigned *percents, const unsigned long long *stamps, unsigned count)
{
    pthread_mutex_lock(&gate);
    for (unsigned i = 0; i < count; i++) {
        gpus[index].samples[i] = (utilization_sample) { pids[i], stamps[i], percents[i], 0, 0, 0 };
    }

    gpus[index].sample_count = count;
    pthread_mutex_unlock(&gate);
}

API void standin_use_wide_entries(void) { wide_entries = 1; }

API unsigned long long standin_calls(int call) { return counts[call]; }
