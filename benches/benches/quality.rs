//! How evenly each hash spreads real identifiers: collisions of 31 bits beside
//! what chance would give, and buckets by top bits beside an even spread.

use enroll_benches::{hashes, identifiers};

const SALTS: u32 = 8;
const BUCKETS: usize = 4_096;

fn main() {
    let names = identifiers::all();
    let count = names.len() as f64;
    println!(
        "{} identifiers, {SALTS} salts: chance gives {:.1} collisions a salt, and a chi² per \
         degree of freedom of 1.00 ± {:.2}",
        names.len(),
        count * count / 2f64.powi(32),
        (2.0 / BUCKETS as f64).sqrt()
    );
    println!(
        "{:>12} {:>16} {:>16} {:>16}",
        "", "collisions", "chi², top bits", "chi², low bits"
    );
    for (name, hash) in hashes::ALL {
        let mut collisions = 0;
        for salt in 0..SALTS {
            let mut ids: Vec<u32> = names.iter().map(|name| hash(name, salt)).collect();
            ids.sort_unstable();
            collisions += ids.windows(2).filter(|pair| pair[0] == pair[1]).count();
        }
        let top = chi2(
            names
                .iter()
                .map(|name| (hash(name, 0) as usize * BUCKETS) >> 31),
        );
        let low = chi2(names.iter().map(|name| hash(name, 0) as usize % BUCKETS));
        println!(
            "{name:>12} {:>16.1} {top:>16.2} {low:>16.2}",
            collisions as f64 / f64::from(SALTS)
        );
    }
}

/// Chi² over the degrees of freedom, for buckets that should be alike.
fn chi2(buckets: impl Iterator<Item = usize>) -> f64 {
    let mut counts = vec![0u32; BUCKETS];
    let mut total = 0.0;
    for bucket in buckets {
        counts[bucket] += 1;
        total += 1.0;
    }
    let mean = total / BUCKETS as f64;
    let square = |count: u32| (f64::from(count) - mean).powi(2) / mean;
    counts.into_iter().map(square).sum::<f64>() / (BUCKETS - 1) as f64
}
