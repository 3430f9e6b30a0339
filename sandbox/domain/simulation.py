"""What every file from the practice room says first, whoever reads it later."""

SIMULATION = "SIMULASI"
WARNING = f"{SIMULATION} – bukan SP4N-LAPOR! Semua laporan, orang, dan peristiwa di sini rekaan."
COMMENT = f"# {WARNING}\n"
